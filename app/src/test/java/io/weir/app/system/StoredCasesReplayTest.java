package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.weir.app.broker.BrokerProcess;
import io.weir.app.pipeline.Coverage;
import io.weir.app.pipeline.Pipeline;
import io.weir.domain.EventType;
import io.weir.domain.Outcome;
import io.weir.domain.WindowSize;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.oracle.StoredCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What each stored case says comes out of the whole pipeline on a real broker. */
@ExtendWith(SharedBroker.class)
class StoredCasesReplayTest {
    @TempDir
    Path folder;

    @Test
    void everyStoredCaseComesOutAsItSays(BrokerProcess broker) throws Exception {
        List<StoredCase> cases = StoredCase.all();
        assumeFalse(cases.isEmpty(), () -> "no cases in " + StoredCase.sharedFolder() + "; set -Dweir.shared");
        ExecutorService atOnce = Executors.newFixedThreadPool(5);
        try {
            Map<StoredCase, Future<String>> results = new LinkedHashMap<>();
            cases.forEach(story -> results.put(story, atOnce.submit(() -> windowsCsv(story, broker))));
            SoftAssertions all = new SoftAssertions();
            for (StoredCase story : cases) {
                all.assertThat(results.get(story).get(2, TimeUnit.MINUTES))
                        .as(story.name())
                        .isEqualTo(story.expected());
            }
            all.assertAll();
        } finally {
            atOnce.shutdownNow();
        }
    }

    private String windowsCsv(StoredCase story, BrokerProcess broker) throws Exception {
        Path own = Files.createDirectory(folder.resolve(story.name()));
        Map<String, String> settings = new LinkedHashMap<>(settings(story.settings()));
        settings.put("state.dir", own.resolve("state").toString());
        settings.put("publish.interval", "PT0.05S");
        settings.put("stream.threads", "1");
        settings.put("kafka.commit.interval.ms", "100");
        try (Application weir = new Application("case-" + story.name(), broker, own, settings)) {
            for (EventRow row : story.events()) {
                weir.publish(List.of(row));
            }
            Coverage coverage = new Coverage();
            try (Pipeline pipeline =
                    Pipeline.start(weir.config(), weir.registry().registry(), coverage)) {
                Map<EventType, long[]> ends = ends(story.events());
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> coverage.reaches(ends));
            }
            for (EventType input : EventType.values()) {
                assertThat(coverage.ledger().get(input, Outcome.LATE)).isZero();
            }
            return weir.windowsCsv();
        }
    }

    private static Map<EventType, long[]> ends(List<EventRow> events) {
        Map<EventType, long[]> ends = new LinkedHashMap<>();
        for (EventType input : EventType.values()) {
            ends.put(input, new long[Application.PARTITIONS]);
        }
        for (EventRow row : events) {
            ends.get(Events.typeOf(row))[Events.partition(row.visitorId(), Application.PARTITIONS)]++;
        }
        return ends;
    }

    private static Map<String, String> settings(OracleSettings settings) {
        return Map.of(
                "windows",
                settings.windows().stream().map(WindowSize::label).collect(Collectors.joining(",")),
                "time.zone",
                settings.zone().getId(),
                "grace",
                settings.grace().toString(),
                "landing.window",
                settings.landingWindow().toString(),
                "attribution.window",
                settings.attributionWindow().toString());
    }
}
