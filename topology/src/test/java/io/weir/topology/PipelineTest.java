package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.EventType;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import io.weir.domain.WindowSize;
import io.weir.oracle.Acceptance;
import io.weir.oracle.Arrivals;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.Counts;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.oracle.RandomCase;
import io.weir.oracle.RandomCases;
import io.weir.schema.WindowResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final long TEN = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();
    private static final Duration ONE_PUBLICATION = Duration.ofSeconds(1);

    private static String header(TestRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static long rejected(PipelineDriver pipeline, Rejection reason) {
        long sum = 0;
        for (EventType input : EventType.values()) {
            sum += pipeline.ledger().get(input, reason);
        }
        return sum;
    }

    @Test
    void theWindowsTopicHoldsWhatTheBatchComputationSaysAndTheLedgerAddsUp() {
        for (long seed = 0; seed < 40; seed++) {
            RandomCase given = RandomCases.ofSeed(seed, 150, 8);
            Random random = new Random(seed);
            long graceMs = given.settings().grace().toMillis();
            List<EventRow> arrivals = Arrivals.withInvalid(
                    Arrivals.withDuplicates(
                            Arrivals.shuffledWithinGrace(given.events(), graceMs * (1 + seed % 2), random), random),
                    random);
            OracleSettings settings = given.settings()
                    .withLatestTime(NOW.plus(Duration.ofMinutes(5)).toEpochMilli());
            Acceptance judged = Acceptance.inArrivalOrder(arrivals, settings);
            try (PipelineDriver pipeline = new PipelineDriver(settings, NOW)) {
                pipeline.sendAll(arrivals);
                pipeline.pass(ONE_PUBLICATION);
                assertThat(pipeline.windowsCsv()).as("%s", given).isEqualTo(BatchOracle.windowsCsv(judged, settings));
                for (EventType input : EventType.values()) {
                    Counts expected = judged.counts().get(input.singular());
                    assertThat(pipeline.ledger().read(input)).as("%s", given).isEqualTo(expected.read());
                    assertThat(pipeline.ledger().get(input, Outcome.ACCEPTED))
                            .as("%s", given)
                            .isEqualTo(expected.accepted());
                    assertThat(pipeline.ledger().get(input, Outcome.DUPLICATE))
                            .as("%s", given)
                            .isEqualTo(expected.duplicate());
                    assertThat(pipeline.ledger().get(input, Outcome.LATE))
                            .as("%s", given)
                            .isEqualTo(expected.late());
                    Map<String, Long> byReason = new HashMap<>();
                    pipeline.ledger()
                            .rejectedByReason(input)
                            .forEach((reason, records) -> byReason.put(reason.label(), records));
                    assertThat(byReason).as("%s", given).isEqualTo(expected.rejectedByReason());
                }
            }
        }
    }

    @Test
    void latePaymentIsKeptWithItsReasonAndOriginAndChangesNothing() {
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW)) {
            pipeline.send(EventRow.visit("v1", "ann", "mug", "search", null, null, TEN));
            EventRow late = EventRow.payment("p1", "bob", "mug", 1, 5_000_000, TEN - 600_001);
            pipeline.send(late);
            pipeline.send(EventRow.payment("p2", "bob", "mug", 1, 5_000_000, TEN - 600_000));
            pipeline.pass(ONE_PUBLICATION);

            List<TestRecord<byte[], byte[]>> kept = pipeline.read(PipelineDriver.LATE);
            assertThat(kept).hasSize(1);
            assertThat(kept.get(0).key()).isEqualTo("bob".getBytes(StandardCharsets.UTF_8));
            assertThat(kept.get(0).value()).isEqualTo(pipeline.bytes(late));
            assertThat(header(kept.get(0), Names.REASON_HEADER)).isEqualTo("late");
            assertThat(header(kept.get(0), Names.TOPIC_HEADER)).isEqualTo("weir.payments");
            assertThat(header(kept.get(0), Names.OFFSET_HEADER)).isEqualTo("0");
            assertThat(pipeline.ledger().get(EventType.PAYMENT, Outcome.LATE)).isEqualTo(1);
            assertThat(pipeline.ledger().get(EventType.PAYMENT, Outcome.ACCEPTED))
                    .isEqualTo(1);
        }
    }

    @Test
    void anEventFromTheFutureIsRejectedBeforeItCanMakeOthersLate() {
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW)) {
            long now = NOW.toEpochMilli();
            pipeline.send(EventRow.visit("v0", "ann", "mug", null, null, null, now));
            for (long future : new long[] {
                now + 300_001, Instant.parse("2099-01-01T00:00:00Z").toEpochMilli(), Long.MAX_VALUE
            }) {
                pipeline.send(EventRow.visit("f" + future, "ann", "mug", null, null, null, future));
            }
            pipeline.send(EventRow.visit("v1", "ann", "mug", null, null, null, now + 300_000));
            pipeline.pass(ONE_PUBLICATION);
            assertThat(rejected(pipeline, Rejection.EVENT_TIME_IN_FUTURE)).isEqualTo(3);
            assertThat(pipeline.ledger().get(EventType.VISIT, Outcome.ACCEPTED)).isEqualTo(2);
        }
    }

    @Test
    void badRecordsAreCountedByReasonAndKeptAndTheirNeighboursAreExact() {
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW)) {
            EventRow first = EventRow.visit("v1", "ann", "mug", "search", null, null, TEN);
            EventRow second = EventRow.payment("p1", "ann", "mug", 2, 8_000_000, TEN + 1_000);
            pipeline.send(first);
            pipeline.send(EventType.VISIT, "ann", new byte[] {1, 2, 3});
            pipeline.send(EventType.VISIT, "ann", new byte[0]);
            pipeline.send(EventType.VISIT, "ann", null);
            pipeline.send(EventType.VISIT, null, null);
            pipeline.send(EventType.VISIT, "ann", new byte[] {0, 0x7F, 0, 0, 1, 2, 3});
            pipeline.send(EventType.VISIT, "ann", pipeline.bytes(second));
            byte[] cut = pipeline.bytes(first);
            pipeline.send(EventType.VISIT, "ann", java.util.Arrays.copyOf(cut, cut.length - 3));
            pipeline.send(EventType.VISIT, "someone else", pipeline.bytes(first));
            pipeline.send(EventRow.visit(" ", "ann", "mug", null, null, null, TEN));
            pipeline.send(EventRow.visit("v2", "ann", "", null, null, null, TEN));
            pipeline.send(EventRow.visit("v3", "ann", "x".repeat(1025), null, null, null, TEN));
            pipeline.send(EventRow.visit("v4", "ann", "mug", null, null, null, -1));
            pipeline.send(EventRow.visit("v5", "ann", "mug", null, null, null, Long.MIN_VALUE));
            pipeline.send(EventRow.click("c1", "ann", "mug", "", null, 1, TEN));
            pipeline.send(EventRow.click("c2", "ann", "mug", "ads", null, -1, TEN));
            pipeline.send(EventRow.payment("p2", "ann", "mug", 0, 1, TEN));
            pipeline.send(EventRow.payment("p3", "ann", "mug", 1, -1, TEN));
            // Seconds in place of milliseconds: an instant of January 1970, far behind stream time.
            pipeline.send(EventRow.visit("v6", "ann", "mug", null, null, null, TEN / 1000));
            pipeline.send(second);
            pipeline.pass(ONE_PUBLICATION);

            assertThat(pipeline.windowsCsv())
                    .isEqualTo(BatchOracle.windowsCsv(List.of(first, second), OracleSettings.DEFAULT));
            List<String> reasons = pipeline.read(PipelineDriver.DEAD).stream()
                    .map(dead -> header(dead, Names.REASON_HEADER))
                    .toList();
            assertThat(reasons)
                    .containsExactlyInAnyOrder(
                            "undecodable",
                            "undecodable",
                            "undecodable",
                            "undecodable",
                            "unknown_schema",
                            "wrong_schema",
                            "undecodable",
                            "wrong_key",
                            "missing_id",
                            "missing_product_id",
                            "field_too_long",
                            "event_time_negative",
                            "event_time_negative",
                            "missing_source",
                            "negative_cost",
                            "quantity_below_one",
                            "negative_amount");
            assertThat(pipeline.ledger().get(EventType.VISIT, Outcome.LATE)).isEqualTo(1);
            assertThat(pipeline.ledger().read()).isEqualTo(2 + reasons.size() + 1);
        }
    }

    @Test
    void aRecordThatIsTooLargeToBeKeptIsStillCountedAndNamed() {
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW)) {
            pipeline.send(EventType.VISIT, "ann", new byte[200_000]);
            pipeline.send(EventType.VISIT, "ann", new byte[90_000]);
            pipeline.pass(ONE_PUBLICATION);
            List<TestRecord<byte[], byte[]>> dead = pipeline.read(PipelineDriver.DEAD);
            assertThat(dead).hasSize(2);
            assertThat(dead.get(0).value()).isNull();
            assertThat(header(dead.get(0), Names.DETAIL_HEADER)).contains("202051 bytes, left out here");
            assertThat(header(dead.get(0), Names.OFFSET_HEADER)).isEqualTo("0");
            assertThat(dead.get(1).value()).hasSize(90_000);
            assertThat(pipeline.ledger().get(EventType.VISIT, Outcome.REJECTED)).isEqualTo(2);
        }
    }

    @Test
    void anAmountThatWouldOverflowASumIsRejectedAndTheSumStands() {
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW)) {
            long half = (1L << 52);
            pipeline.send(EventRow.payment("p1", "ann", "mug", 1, half, TEN));
            pipeline.send(EventRow.payment("p2", "bob", "mug", 1, half, TEN + 1));
            pipeline.send(EventRow.payment("p3", "cat", "mug", 1, Long.MAX_VALUE, TEN + 2));
            pipeline.send(EventRow.payment("p4", "cat", "mug", Long.MAX_VALUE, 1, TEN + 2));
            pipeline.send(EventRow.click("c1", "cat", "mug", "ads", null, Long.MAX_VALUE, TEN + 2));
            EventRow fits = EventRow.payment("p5", "bob", "mug", 1, half - 1, TEN + 3);
            pipeline.send(fits);
            pipeline.pass(ONE_PUBLICATION);
            assertThat(rejected(pipeline, Rejection.SUM_OVERFLOW)).isEqualTo(4);
            assertThat(pipeline.windowsCsv())
                    .isEqualTo(BatchOracle.windowsCsv(
                            List.of(EventRow.payment("p1", "ann", "mug", 1, half, TEN), fits), OracleSettings.DEFAULT));
        }
    }

    @Test
    void aRobotsJourneyStopsGrowingAtItsBoundAndSaysSo() {
        int maxBytes = 16 * 1024;
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW, maxBytes)) {
            for (int i = 0; i < 2_000; i++) {
                pipeline.send(EventRow.visit("v" + i, "robot", "mug", null, null, null, TEN + i));
                pipeline.send(EventRow.visit("w" + i, "ann" + i, "mug", null, null, null, TEN + i));
            }
            pipeline.pass(ONE_PUBLICATION);
            long full = rejected(pipeline, Rejection.JOURNEY_FULL);
            assertThat(full).isPositive().isLessThan(2_000);
            assertThat(pipeline.ledger().get(EventType.VISIT, Outcome.ACCEPTED)).isEqualTo(4_000 - full);
            // Once its events have settled it may go on.
            pipeline.send(EventRow.visit("w", "ann", "mug", null, null, null, TEN + 700_000));
            pipeline.send(EventRow.visit("v-after", "robot", "mug", null, null, null, TEN + 700_000));
            pipeline.pass(ONE_PUBLICATION);
            assertThat(rejected(pipeline, Rejection.JOURNEY_FULL)).isEqualTo(full);
        }
    }

    @Test
    void windowsBecomeFinalWhenTheWatermarkHasPassedTheirEndAndGrace() {
        OracleSettings minutes = OracleSettings.DEFAULT.withWindows(WindowSize.MINUTE);
        try (PipelineDriver pipeline = new PipelineDriver(minutes, NOW)) {
            pipeline.send(EventRow.visit("v1", "ann", "mug", null, null, null, TEN));
            pipeline.pass(ONE_PUBLICATION);
            pipeline.send(EventRow.visit("v2", "ann", "mug", null, null, null, TEN + 60_000 + 599_999));
            pipeline.pass(ONE_PUBLICATION);
            assertThat(pipeline.results()).noneMatch(WindowResult::getFinal$);
            pipeline.send(EventRow.visit("v3", "ann", "mug", null, null, null, TEN + 60_000 + 600_000));
            pipeline.pass(ONE_PUBLICATION);
            List<WindowResult> settled =
                    pipeline.results().stream().filter(WindowResult::getFinal$).toList();
            assertThat(settled)
                    .hasSize(4)
                    .allMatch(result -> result.getWindowStart().toEpochMilli() == TEN);
            assertThat(settled).allMatch(result -> result.getRevision() == 2);
        }
    }

    @Test
    void windowsCloseWhenTrafficStops() {
        OracleSettings minutes = OracleSettings.DEFAULT.withWindows(WindowSize.MINUTE);
        try (PipelineDriver pipeline = new PipelineDriver(minutes, NOW)) {
            pipeline.inputsQuietSince(NOW);
            pipeline.send(EventRow.visit("v1", "ann", "mug", null, null, null, TEN));
            pipeline.pass(Duration.ofSeconds(29));
            assertThat(pipeline.results()).hasSize(4).noneMatch(WindowResult::getFinal$);
            pipeline.pass(Duration.ofMinutes(11));
            assertThat(pipeline.results()).hasSize(8);
            assertThat(pipeline.results().subList(4, 8)).allMatch(WindowResult::getFinal$);
        }
    }

    @Test
    void windowsStayOpenWhileNobodyKnowsWhetherMoreIsToCome() {
        OracleSettings minutes = OracleSettings.DEFAULT.withWindows(WindowSize.MINUTE);
        try (PipelineDriver pipeline = new PipelineDriver(minutes, NOW)) {
            pipeline.send(EventRow.visit("v1", "ann", "mug", null, null, null, TEN));
            pipeline.pass(Duration.ofHours(1));
            assertThat(pipeline.results()).noneMatch(WindowResult::getFinal$);
        }
    }

    @Test
    void aLateArrivalWithinGraceTakesTheCreditBackAndGivesItAnew() {
        OracleSettings days = OracleSettings.DEFAULT.withWindows(WindowSize.DAY);
        List<EventRow> events = new ArrayList<>(List.of(
                EventRow.visit("v1", "ann", "mug", "search", null, null, TEN),
                EventRow.payment("p1", "ann", "mug", 1, 9_000_000, TEN + 60_000),
                EventRow.click("c1", "ann", "mug", "ads", "spring", 100_000, TEN + 30_000)));
        try (PipelineDriver pipeline = new PipelineDriver(days, NOW)) {
            pipeline.sendAll(events.subList(0, 2));
            pipeline.pass(ONE_PUBLICATION);
            assertThat(pipeline.windowsCsv())
                    .anyMatch(line -> line.contains("source,,search,,0,0,0,1,1,1,1,1,9000000"));
            pipeline.send(events.get(2));
            pipeline.pass(ONE_PUBLICATION);
            assertThat(pipeline.windowsCsv()).isEqualTo(BatchOracle.windowsCsv(events, days));
            assertThat(pipeline.windowsCsv())
                    .anyMatch(line -> line.contains("source,,ads,,1,100000,0,0,0,1,1,1,9000000"));
        }
    }

    @Test
    void nothingIsPublishedAgainWhileNothingChanges() {
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW)) {
            pipeline.send(EventRow.visit("v1", "ann", "mug", null, null, null, TEN));
            pipeline.pass(Duration.ofSeconds(20));
            assertThat(pipeline.results()).hasSize(12);
        }
    }

    @Test
    void journeysOfVisitorsWhoNeverComeBackAreDropped() {
        List<EventRow> arrivals = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            arrivals.add(EventRow.visit("v" + i, "once" + i, "mug", null, null, null, TEN + i));
        }
        Collections.shuffle(arrivals, new Random(1));
        try (PipelineDriver pipeline = new PipelineDriver(OracleSettings.DEFAULT, NOW)) {
            pipeline.sendAll(arrivals);
            pipeline.pass(ONE_PUBLICATION);
            assertThat(pipeline.storedJourneys()).isEqualTo(100);
            long weekLater = TEN + Duration.ofDays(8).toMillis();
            pipeline.send(EventRow.visit("w", "new", "mug", null, null, null, weekLater));
            pipeline.pass(Duration.ofSeconds(3));
            pipeline.send(EventRow.visit("x", "new", "mug", null, null, null, weekLater));
            assertThat(pipeline.storedJourneys()).isEqualTo(1);
        }
    }
}
