package io.weir.app.faults;

import static org.awaitility.Awaitility.await;

import io.weir.app.system.Folders;
import io.weir.app.system.RunningWeir;
import io.weir.domain.WindowSize;
import io.weir.dose.Dose;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * State is made anew from the changelogs alone while events go on to be published. How long that takes is measured and
 * printed; never asserted.
 */
@Tag("dose")
class RestoreTest {
    private static final int VISITORS = Integer.getInteger("weir.restore.visitors", 1_000_000);
    private static final Duration LONG = Duration.ofMinutes(10);

    /** Events a second while the state is restored. */
    private static final int PACE = 200;

    private static final long START_MS =
            Traffic.START.minus(Duration.ofMinutes(10)).toEpochMilli();

    /** Events a millisecond of event time, so that all of them lie before the traffic that follows. */
    private static final int A_MILLISECOND = 5;

    @TempDir
    Path folder;

    @Test
    void aMillionJourneysComeBackFromTheChangelogsUnderLoadAndNoFigureChanges() throws Exception {
        Map<String, String> settings = Map.of("windows", "1h,1d", "stream.threads", "2");
        try (FragileBroker broker = FragileBroker.start(folder.resolve("broker"));
                Trial trial = new Trial("restore", broker, folder, settings)) {
            Path state = trial.weir().stateDir(1);
            trial.publish(visits());
            trial.start(1);
            trial.awaitProgress();
            trial.pace(PACE);
            trial.beginTraffic();
            Dose dose = Dose.of("restored from the changelogs", 1, 10);
            List<String> took = new ArrayList<>();
            while (dose.again()) {
                trial.stop(1);
                Folders.delete(state);
                long beganNs = System.nanoTime();
                RunningWeir again = RunningWeir.of(trial.start(1));
                await().atMost(LONG)
                        .pollInterval(Duration.ofMillis(100))
                        .ignoreExceptions()
                        .until(() -> again.status("health/ready") == 200 && again.read() >= VISITORS);
                took.add("%.1f s".formatted((System.nanoTime() - beganNs) / 1e9));
                trial.awaitProgress();
                trial.stop(1);
                took.add("%d MB on disk".formatted(Folders.size(state) >> 20));
                trial.start(1);
            }
            trial.judge(OracleSettings.DEFAULT.withWindows(WindowSize.HOUR, WindowSize.DAY));
            System.out.printf(
                    "%,d journeys restored from the changelogs, from the start of the process to ready, %d events a"
                            + " second meanwhile: %s; %s%n",
                    VISITORS, PACE, String.join(", ", took), trial);
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
}
