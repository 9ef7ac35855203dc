package io.weir.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.system.Application;
import io.weir.app.system.Child;
import io.weir.app.system.Folders;
import io.weir.app.system.RunningWeir;
import io.weir.domain.WindowSize;
import io.weir.oracle.Acceptance;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long it takes to make the state anew from the changelogs alone is measured and printed; never asserted. */
@Tag("dose")
class RestoreTest {
    private static final int VISITORS = Integer.getInteger("weir.restore.visitors", 1_000_000);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final long START_MS = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();

    /** Events a millisecond of event time, so that all of them lie within a few minutes and none is late. */
    private static final int A_MILLISECOND = 5;

    @TempDir
    Path folder;

    @Test
    void aMillionJourneysComeBackFromTheChangelogsAndNoFigureChanges() throws Exception {
        Map<String, String> settings = Map.of("windows", "1h,1d");
        try (FragileBroker broker = FragileBroker.start(folder.resolve("broker"));
                Application weir = new Application("restore", broker.bootstrapServers(), folder, settings)) {
            List<EventRow> visits = visits();
            weir.publish(visits);
            Child instance = weir.start(1);
            RunningWeir first = RunningWeir.of(instance);
            await().atMost(LONG).ignoreExceptions().until(() -> first.read() == VISITORS);
            Dose dose = Dose.of(1, 10);
            List<String> took = new ArrayList<>();
            while (dose.again()) {
                instance.terminate();
                instance.exitStatus(Duration.ofSeconds(60));
                Folders.delete(weir.stateDir(1));
                long beganNs = System.nanoTime();
                instance = weir.start(1);
                RunningWeir again = RunningWeir.of(instance);
                await().atMost(LONG)
                        .pollInterval(Duration.ofMillis(100))
                        .ignoreExceptions()
                        .until(() -> again.status("health/ready") == 200 && again.read() == VISITORS);
                took.add("%.1f s".formatted((System.nanoTime() - beganNs) / 1e9));
                instance.terminate();
                instance.exitStatus(Duration.ofSeconds(60));
                took.add("%d MB on disk".formatted(Folders.size(weir.stateDir(1)) >> 20));
                instance = weir.start(1);
            }
            judge(weir, visits);
            System.out.printf(
                    "%,d journeys restored from the changelogs, from the start of the process to ready: %s%n",
                    VISITORS, String.join(", ", took));
        }
    }

    private static List<EventRow> visits() {
        List<EventRow> visits = new ArrayList<>(VISITORS);
        for (int visitor = 0; visitor < VISITORS; visitor++) {
            long timeMs = START_MS + visitor / A_MILLISECOND;
            visits.add(EventRow.visit(
                    "v" + visitor, "visitor-" + visitor, "product-" + visitor % 50, "search", null, null, timeMs));
        }
        return visits;
    }

    private static void judge(Application weir, List<EventRow> visits) throws Exception {
        long laterMs = START_MS + Duration.ofDays(3).toMillis();
        List<EventRow> all = new ArrayList<>(visits);
        List<EventRow> closing = weir.closing(laterMs);
        weir.publish(closing);
        all.addAll(closing);
        weir.awaitFinal(laterMs - Duration.ofDays(1).toMillis(), LONG);
        OracleSettings settings = OracleSettings.DEFAULT.withWindows(WindowSize.HOUR, WindowSize.DAY);
        Acceptance judged = Acceptance.ofAll(all, settings);
        assertThat(weir.windowsCsv()).isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(judged, settings)));
    }
}
