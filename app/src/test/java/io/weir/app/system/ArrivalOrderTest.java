package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.WindowSize;
import io.weir.oracle.Acceptance;
import io.weir.oracle.Arrivals;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.Counts;
import io.weir.oracle.EventFile;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order in which events arrive changes nothing within grace, and past it only what the rules say. */
class ArrivalOrderTest {
    private static final int PARTITIONS = 4;
    private static final Instant START = Instant.parse("2026-03-02T20:00:00Z");
    private static final OracleSettings HOURS_AND_DAYS =
            OracleSettings.DEFAULT.withWindows(WindowSize.HOUR, WindowSize.DAY);

    /** About seven hours, over a midnight. */
    private static final List<EventRow> EVENTS = Events.ofShop(11, START, 0.8, 20_000);

    @TempDir
    Path folder;

    @Test
    void everyOrderWithinGraceGivesTheSameBytes() {
        Random random = new Random(11);
        String expected = BatchOracle.file(BatchOracle.windowsCsv(EVENTS, HOURS_AND_DAYS));
        assertThat(expected).contains("\n1d,2026-03-02").contains("\n1d,2026-03-03");

        ReplayOutput inTimeOrder = replay("time", EVENTS, "--order", "file");
        List<EventRow> shuffled =
                Arrivals.shuffledWithinGrace(EVENTS, Duration.ofMinutes(5).toMillis(), random);
        List<EventRow> shuffledAndTwice = new ArrayList<>();
        for (int i = 0; i < shuffled.size(); i++) {
            shuffledAndTwice.add(shuffled.get(i));
            if (i % 3 == 0) {
                shuffledAndTwice.add(shuffled.get(i));
            }
        }
        ReplayOutput outOfOrder = replay("shuffled", shuffledAndTwice, "--order", "file");
        List<EventRow> byVisitor = new ArrayList<>(EVENTS);
        byVisitor.sort(Comparator.comparing(EventRow::visitorId));
        ReplayOutput visitorByVisitor = replay("by-visitor", byVisitor, "--order", "file", "--set", "grace=P120D");

        assertThat(inTimeOrder.windowsCsv()).isEqualTo(expected);
        assertThat(outOfOrder.windowsCsv()).isEqualTo(expected);
        assertThat(visitorByVisitor.windowsCsv()).isEqualTo(expected);
        assertThat(inTimeOrder.sum("accepted")).isEqualTo(EVENTS.size());
        assertThat(visitorByVisitor.sum("accepted")).isEqualTo(EVENTS.size());
        outOfOrder.assertCounts(Acceptance.ofAll(shuffledAndTwice, HOURS_AND_DAYS));
        assertThat(outOfOrder.sum("duplicate")).isEqualTo(shuffledAndTwice.size() - EVENTS.size());
        assertThat(inTimeOrder.sum("late") + outOfOrder.sum("late") + visitorByVisitor.sum("late"))
                .isZero();
    }

    @Test
    void pastGraceExactlyTheEventsThatAreLateOnTheirPartitionDoNotCount() {
        List<EventRow> arrivals = Arrivals.withDuplicates(
                Arrivals.shuffledWithinGrace(EVENTS, Duration.ofMinutes(25).toMillis(), new Random(12)),
                new Random(13));
        Acceptance judged = Events.acceptedByPartition(arrivals, PARTITIONS, HOURS_AND_DAYS);
        assertThat(judged.counts().values().stream().mapToLong(Counts::late).sum())
                .isGreaterThan(2_000);

        ReplayOutput output = replay("past-grace", arrivals, "--order", "file");

        output.assertCounts(judged);
        assertThat(output.windowsCsv()).isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(judged, HOURS_AND_DAYS)));
    }

    @Test
    void aPacedReplayBesideTheRunningPipelineHasNoLateEvents() {
        ReplayOutput output = replay("paced", EVENTS, "--speed", "10000x", "--windows", "1m,1h,1d");

        output.assertCounts(Acceptance.ofAll(EVENTS, OracleSettings.DEFAULT));
        assertThat(output.sum("late")).isZero();
        assertThat(output.windowsCsv())
                .isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(EVENTS, OracleSettings.DEFAULT)));
    }

    private ReplayOutput replay(String name, List<EventRow> rows, String... options) {
        Path file = folder.resolve(name + ".csv");
        EventFile.write(file, rows);
        List<String> arguments = new ArrayList<>(List.of(file.toString()));
        arguments.addAll(List.of(options));
        return ReplayOutput.of(folder.resolve(name), arguments.toArray(String[]::new));
    }
}
