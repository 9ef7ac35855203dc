package io.weir.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.system.Child;
import io.weir.dose.Dose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Half an hour at half of what an instance takes, with disorder, duplicates and invalid records: memory stays, nothing
 * piles up.
 */
@Tag("dose")
class SoakTest {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final int SAMPLES = 60;

    /** Events a second: what half an hour of them makes is all held and judged at the end. */
    private static final int MOST_LOAD = 4_000;

    @TempDir
    Path folder;

    @Test
    @EnabledIfSystemProperty(named = "weir.long", matches = "true", disabledReason = "takes half an hour: --long")
    void underSteadyLoadMemoryStaysAndNothingPilesUp() throws Exception {
        try (FragileBroker broker = FragileBroker.start(folder.resolve("broker"));
                Trial trial = new Trial("soak", broker, folder, Map.of("stream.threads", "2"))) {
            trial.begin(1);
            int fullLoad = trial.fullLoad(Duration.ofMinutes(1));
            int load = Math.min(fullLoad / 2, MOST_LOAD);
            trial.pace(load);
            trial.awaitProgress();
            Child instance = trial.instance(1);
            List<Long> residentKb = new ArrayList<>();
            List<Long> unread = new ArrayList<>();
            for (int sample = 0; sample < SAMPLES; sample++) {
                assertThat(instance.endsWithin(Dose.TIME.dividedBy(SAMPLES)))
                        .as("goes on: %s", instance)
                        .isFalse();
                residentKb.add(residentKb(instance));
                unread.add(trial.unread());
                Dose.tell("soak: %d of %d samples, %,d kB resident, %,d not yet read"
                        .formatted(sample + 1, SAMPLES, residentKb.get(sample), unread.get(sample)));
            }
            System.out.printf(
                    "soak %s at %,d events a second, full load is %,d: resident kB %s; not yet read %s; %s%n",
                    Dose.TIME, load, fullLoad, residentKb, unread, trial);
            assertThat(median(residentKb.subList(SAMPLES * 3 / 4, SAMPLES)))
                    .as("memory in the last quarter against the second")
                    .isLessThan(median(residentKb.subList(SAMPLES / 4, SAMPLES / 2)) * 5 / 4);
            assertThat(median(unread.subList(SAMPLES * 3 / 4, SAMPLES)))
                    .as("events not yet read in the last quarter, against those of five seconds")
                    .isLessThan(load * 5L);
            trial.awaitProgress();
            trial.judge();
        }
    }

    private static long residentKb(Child child) throws IOException {
        Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(child.pid()), "status")));
        assertThat(resident.find()).isTrue();
        return Long.parseLong(resident.group(1));
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
