package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.Journey;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatermarkTest {
    private static final long NOW = 1_000_000;

    private final Watermark watermark = new Watermark(2, Journey.NO_STREAM_TIME, 0);

    private static PartitionProgress active(int partition, long clockMs) {
        return reported(partition, clockMs, false, NOW);
    }

    private static PartitionProgress idle(int partition, long clockMs) {
        return reported(partition, clockMs, true, NOW);
    }

    private static PartitionProgress reported(int partition, long clockMs, boolean idle, long atMs) {
        PartitionProgress progress = new PartitionProgress(partition);
        progress.setClock(clockMs, idle, atMs);
        return progress;
    }

    @Test
    void isNotKnownUntilEveryPartitionHasReported() {
        assertThat(watermark.advance(List.of(active(0, 50)))).isFalse();
        assertThat(watermark.ms()).isEqualTo(Journey.NO_STREAM_TIME);
    }

    @Test
    void isTheLeastOfThePartitionsThatAreNotIdle() {
        assertThat(watermark.advance(List.of(active(0, 50), active(1, 40)))).isTrue();
        assertThat(watermark.ms()).isEqualTo(40);
        assertThat(watermark.advance(List.of(active(0, 50), idle(1, 41)))).isTrue();
        assertThat(watermark.ms()).isEqualTo(50);
    }

    @Test
    void movesOnWithTheFurthestWhileAllAreIdle() {
        assertThat(watermark.advance(List.of(idle(0, 50), idle(1, 70)))).isTrue();
        assertThat(watermark.ms()).isEqualTo(70);
    }

    @Test
    void waitsForAPartitionThatHasNoEventYetButMayGetOne() {
        assertThat(watermark.advance(List.of(active(0, 50), active(1, Journey.NO_STREAM_TIME))))
                .isFalse();
    }

    @Test
    void neverGoesBack() {
        watermark.advance(List.of(active(0, 50), idle(1, 10)));
        assertThat(watermark.advance(List.of(active(0, 50), active(1, 10)))).isFalse();
        assertThat(watermark.ms()).isEqualTo(50);
        assertThat(new Watermark(2, 50, 0).advance(List.of(active(0, 20), active(1, 10))))
                .isFalse();
    }

    @Test
    void waitsForAnIdlePartitionThatHasGoneSilentForItMayHaveRecordsThatNobodyHasRead() {
        PartitionProgress silent = reported(1, 10, true, NOW - Watermark.FRESH_MS - 1);
        watermark.advance(List.of(active(0, 50), silent));
        assertThat(watermark.ms()).isEqualTo(10);
    }

    @Test
    void waitsForAPartitionThatWasIdleBeforeARestartUntilItSaysSoAgain() {
        Watermark restarted = new Watermark(2, 5, NOW);
        restarted.advance(List.of(active(0, 50), reported(1, 10, true, NOW - 1)));
        assertThat(restarted.ms()).isEqualTo(10);
        restarted.advance(List.of(active(0, 50), reported(1, 10, true, NOW)));
        assertThat(restarted.ms()).isEqualTo(50);
    }
}
