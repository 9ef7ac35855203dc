package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.EventType;
import io.weir.domain.WindowSize;
import io.weir.oracle.Acceptance;
import io.weir.oracle.Arrivals;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.oracle.RandomCase;
import io.weir.oracle.RandomCases;
import io.weir.serde.VisitorNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The journey of a forgotten visitor goes, the figures stay; who comes again is somebody new. */
class ForgottenVisitorsTest {
    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");
    private static final long TEN = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();
    private static final Duration ONE_PUBLICATION = Duration.ofSeconds(1);

    private static EventRow visit(String id, String visitor, long timeMs) {
        return EventRow.visit(id, visitor, "mug", "search", null, null, timeMs);
    }

    /** The batch computation is given a new visitor in place of each that was forgotten. */
    @Test
    void allFiguresAreThoseOfAVisitorWhoWasReplacedByAnother() {
        for (long seed = 0; seed < 4; seed++) {
            RandomCase given = RandomCases.ofSeed(seed, 120, 6);
            Random random = new Random(seed);
            OracleSettings settings = given.settings().withWindows(WindowSize.MINUTE, WindowSize.DAY);
            List<EventRow> arrivals = Arrivals.withDuplicates(
                    Arrivals.shuffledWithinGrace(
                            given.events(), settings.grace().toMillis(), random),
                    random);
            assertExactThroughout(arrivals, settings, random, given.toString());
        }
    }

    private static void assertExactThroughout(
            List<EventRow> arrivals, OracleSettings settings, Random random, String why) {
        Map<String, Integer> timesForgotten = new HashMap<>();
        List<EventRow> judgedRows = new ArrayList<>();
        try (PipelineDriver pipeline = new PipelineDriver(settings, NOW)) {
            for (EventRow row : arrivals) {
                if (random.nextInt(6) == 0) {
                    pipeline.forget(row.visitorId());
                    timesForgotten.merge(row.visitorId(), 1, Integer::sum);
                }
                pipeline.send(row);
                int times = timesForgotten.getOrDefault(row.visitorId(), 0);
                judgedRows.add(row.withVisitorId(row.visitorId() + " after " + times));
                if (random.nextInt(40) == 0) {
                    assertExact(pipeline, judgedRows, settings, why);
                }
            }
            assertExact(pipeline, judgedRows, settings, why);
        }
    }

    private static void assertExact(
            PipelineDriver pipeline, List<EventRow> judgedRows, OracleSettings settings, String why) {
        pipeline.pass(ONE_PUBLICATION);
        Acceptance judged = Acceptance.inArrivalOrder(judgedRows, settings);
        assertThat(pipeline.windowsCsv()).as(why).isEqualTo(BatchOracle.windowsCsv(judged, settings));
        assertThat(pipeline.rollingCsv())
                .as("rolling windows, %s", why)
                .containsExactlyInAnyOrderElementsOf(BatchOracle.rollingCsv(judged, settings, pipeline.rollingEndMs()));
    }

    @Test
    void figuresStayAsTheyAreWhenAVisitorIsForgotten() {
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW)) {
            pipeline.send(visit("v1", "ann", TEN));
            pipeline.send(EventRow.payment("p1", "ann", "mug", 1, 5_000_000, TEN + 1_000));
            pipeline.send(visit("v2", "bob", TEN + 2_000));
            pipeline.send(visit("v3", "bob", TEN + 120_000));
            pipeline.pass(ONE_PUBLICATION);
            List<String> windows = pipeline.windowsCsv();
            List<String> rolling = pipeline.rollingCsv();
            long read = pipeline.ledger().read(EventType.VISIT);

            pipeline.forget("ann");
            pipeline.forget("nobody");
            pipeline.pass(Duration.ofMinutes(2));

            assertThat(pipeline.windowsCsv()).isEqualTo(windows);
            assertThat(pipeline.rollingCsv()).isEqualTo(rolling);
            assertThat(pipeline.ledger().read(EventType.VISIT)).isEqualTo(read);
            assertThat(pipeline.storedJourneys()).isEqualTo(1);
        }
    }

    @Test
    void aVisitorIsForgottenByThePseudonym() {
        VisitorNames names = VisitorNames.by("a key that is as long as it must be".getBytes(StandardCharsets.UTF_8));
        PipelineSettings settings = PipelineDriver.settings(OracleSettings.DEFAULT, 512 * 1024);
        try (PipelineDriver pipeline = new PipelineDriver(settings, NOW, names)) {
            pipeline.send(visit("v1", "ann", TEN));
            pipeline.pass(ONE_PUBLICATION);
            pipeline.forget("ann");
            assertThat(pipeline.storedJourneys()).isEqualTo(1);
            pipeline.forget(names.name("ann".getBytes(StandardCharsets.UTF_8)));
            pipeline.pass(ONE_PUBLICATION);
            assertThat(pipeline.storedJourneys()).isZero();
        }
    }
}
