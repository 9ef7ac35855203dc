package io.weir.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.figures.FigureRows;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Outcome;
import io.weir.domain.SourceFacts;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CommittedProgressTest {
    private static final long COMMIT_INTERVAL_MS = 1_000;

    private long nowMs = 0;
    private final CommittedProgress committed =
            new CommittedProgress(COMMIT_INTERVAL_MS, () -> Instant.ofEpochMilli(nowMs));

    private void tell(long events) {
        Ledger ledger = new Ledger();
        ledger.add(EventType.VISIT, Outcome.ACCEPTED, events);
        committed.inputProgressed(
                FigureRows.progress(0, ledger, 1), Map.of("weibo", new SourceFacts(events, 0, 0, 0, 0, 0)));
    }

    private long shown() {
        return committed.inputs().containsKey(0)
                ? committed.inputs().get(0).ledger().read()
                : -1;
    }

    @Test
    void whatWasToldIsShownWhenACommitMustHaveFollowed() {
        for (int second = 0; second <= 3; second++) {
            assertThat(shown()).isEqualTo(-1);
            nowMs = second * 1_000L;
            tell(second);
        }
        assertThat(shown()).isEqualTo(0);
        assertThat(committed.facts().get(0).get("weibo").clicks()).isEqualTo(0);
        for (int second = 4; second <= 6; second++) {
            nowMs = second * 1_000L;
            tell(second);
        }
        assertThat(shown()).isEqualTo(3);
    }

    @Test
    void aRevokedPartitionIsNotShownAndBeginsAnew() {
        for (int second = 0; second <= 6; second++) {
            nowMs = second * 1_000L;
            tell(5);
        }
        assertThat(shown()).isEqualTo(5);
        committed.inputRevoked(0);
        assertThat(shown()).isEqualTo(-1);
        tell(5);
        assertThat(shown()).isEqualTo(-1);
    }

    /** A stream thread as Kafka has it: records, then punctuation, then a commit if it is time, then all over again. */
    @RepeatedTest(20)
    void whenACrashTakesBackWhatWasNotCommittedNothingShownIsLost(RepetitionInfo info) {
        long seed = info.getCurrentRepetition();
        Random random = new Random(seed);
        long events = 0;
        long stored = 0;
        long lastCommitMs = 0;
        long lastToldMs = 0;
        long most = -1;
        for (int loop = 0; loop < 5_000; loop++) {
            nowMs += random.nextInt(random.nextInt(20) == 0 ? 4_000 : 300);
            events += random.nextInt(50);
            if (nowMs - lastToldMs >= 1_000) {
                tell(events);
                lastToldMs = nowMs;
            }
            nowMs += random.nextInt(3);
            if (nowMs - lastCommitMs > COMMIT_INTERVAL_MS) {
                stored = events;
                lastCommitMs = nowMs;
            }
            assertThat(shown()).as("seed %d", seed).isLessThanOrEqualTo(stored);
            if (shown() >= 0) {
                assertThat(shown()).as("seed %d", seed).isGreaterThanOrEqualTo(most);
                most = shown();
            }
            if (random.nextInt(200) == 0) {
                committed.inputRevoked(0);
                events = stored;
            }
        }
        assertThat(most).isPositive();
    }
}
