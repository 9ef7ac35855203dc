package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.domain.ConsideredTouch;
import io.weir.domain.Credit;
import io.weir.domain.EventType;
import io.weir.oracle.Acceptance;
import io.weir.oracle.Arrivals;
import io.weir.oracle.CreditReading;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.oracle.RandomCase;
import io.weir.oracle.RandomCases;
import io.weir.serde.CreditFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is stored of the payments' credits, by order. */
class CreditsTest {
    private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");
    private static final long TEN = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();
    private static final Duration ONE_PUBLICATION = Duration.ofSeconds(1);

    private static PipelineDriver pipeline() {
        return new PipelineDriver(OracleSettings.DEFAULT, NOW);
    }

    private static EventRow payment(String id, String orderId, String visitor, String product, long timeMs) {
        return EventRow.payment(id, visitor, product, 2, 30_000_000, timeMs).withOrderId(orderId);
    }

    @Test
    void whatIsStoredOfEveryPaymentIsWhatTheTotalOrderSays() {
        for (long seed = 0; seed < 20; seed++) {
            RandomCase given = RandomCases.ofSeed(seed, 100, 3);
            PipelineSettings settings = PipelineDriver.settings(given.settings(), 512 * 1024, Duration.ofDays(36_500));
            List<EventRow> arrivals = Arrivals.shuffledWithinGrace(
                    given.events(), given.settings().grace().toMillis(), new Random(seed));
            List<EventRow> accepted =
                    Acceptance.inArrivalOrder(arrivals, given.settings()).accepted();
            Map<String, Credit> stored = new HashMap<>();
            try (PipelineDriver pipeline = new PipelineDriver(settings, NOW)) {
                pipeline.sendAll(arrivals);
                pipeline.pass(ONE_PUBLICATION);
                for (EventRow row : accepted) {
                    if (row.type().equals(EventRow.PAYMENT)) {
                        pipeline.credits(row.orderId()).forEach(credit -> stored.put(credit.paymentId(), credit));
                    }
                }
            }
            assertThat(stored).as("%s", given).isEqualTo(CreditReading.creditsOf(accepted, given.settings()));
        }
    }

    @Test
    void anOrdersLinesAreFoundAndNoOtherOrders() {
        try (PipelineDriver pipeline = pipeline()) {
            pipeline.send(payment("p1", "o1", "ann", "mug", TEN));
            pipeline.send(payment("o1", "o1", "ann", "cup", TEN + 1));
            pipeline.send(payment("p1", "o11", "bob", "mug", TEN));
            pipeline.send(payment("p1", "", "bob", "jug", TEN));
            assertThat(pipeline.credits("o1")).extracting(Credit::paymentId).containsExactlyInAnyOrder("p1", "o1");
            assertThat(pipeline.credits("o11")).extracting(Credit::productId).containsExactly("mug");
            assertThat(pipeline.credits("o")).isEmpty();
            assertThat(pipeline.credits("")).isEmpty();
        }
    }

    @Test
    void anOrderOfSeveralVisitorsAgainstTheContractHasTheLinesOfAll() {
        try (PipelineDriver pipeline = pipeline()) {
            pipeline.send(EventRow.click("c", "ann", "mug", "search", null, 1, TEN));
            pipeline.send(payment("p1", "o1", "ann", "mug", TEN + 1));
            pipeline.send(payment("p2", "o1", "bob", "mug", TEN + 1));
            assertThat(pipeline.credits("o1"))
                    .extracting(Credit::paymentId, Credit::source)
                    .containsExactlyInAnyOrder(tuple("p1", "search"), tuple("p2", "unknown"));
        }
    }

    @Test
    void aLateArrivalWithinGraceReplacesWhatIsStored() {
        try (PipelineDriver pipeline = pipeline()) {
            pipeline.send(payment("p1", "o1", "ann", "mug", TEN + 60_000));
            assertThat(pipeline.credits("o1")).extracting(Credit::rule).containsExactly(4);
            pipeline.send(EventRow.click("c", "ann", "mug", "search", "spring", 1, TEN));
            assertThat(pipeline.credits("o1"))
                    .containsExactly(new Credit(
                            "p1",
                            "o1",
                            "mug",
                            TEN + 60_000,
                            2,
                            30_000_000,
                            "search",
                            "spring",
                            false,
                            1,
                            List.of(new ConsideredTouch(EventType.CLICK, "mug", "search", "spring", TEN, 1, true))));
        }
    }

    @Test
    void creditsAreDroppedWhenStreamTimeHasPassedThemByTheRetention() {
        try (PipelineDriver pipeline = pipeline()) {
            for (int i = 0; i < 3_000; i++) {
                pipeline.send(payment("p" + i, "o" + i, "ann" + i, "mug", TEN + i));
            }
            assertThat(pipeline.storedCredits()).isEqualTo(3_000);
            long later = TEN + Duration.ofDays(8).toMillis() + 1_000;
            pipeline.send(payment("last", "last", "bob", "mug", later));
            pipeline.pass(Duration.ofSeconds(8));
            pipeline.send(EventRow.visit("v", "bob", "mug", null, null, null, later));
            assertThat(pipeline.storedCredits()).isEqualTo(2_001);
            assertThat(pipeline.credits("o999")).isEmpty();
            assertThat(pipeline.credits("o1000")).hasSize(1);
        }
    }

    @Test
    void aRetentionOfZeroKeepsNone() {
        PipelineSettings none = PipelineDriver.settings(OracleSettings.DEFAULT, 512 * 1024, Duration.ZERO);
        try (PipelineDriver pipeline = new PipelineDriver(none, NOW)) {
            pipeline.send(payment("p1", "o1", "ann", "mug", TEN));
            assertThat(pipeline.storedCredits()).isZero();
        }
    }

    @Test
    void whatIsStoredNamesNoVisitor() {
        try (PipelineDriver pipeline = pipeline()) {
            pipeline.send(EventRow.visit("v", "ann-of-green-gables", "mug", null, null, null, TEN));
            pipeline.send(payment("p1", "o1", "ann-of-green-gables", "mug", TEN + 1));
            Credit stored = pipeline.credits("o1").get(0);
            assertThat(stored.toString()).doesNotContain("ann-of");
            assertThat(new String(CreditFormat.value(stored), StandardCharsets.UTF_8))
                    .doesNotContain("ann-of");
        }
    }

    @Test
    void aFormatOfAnotherVersionIsRefusedByItsNumber() {
        Credit credit = new Credit("p", "o", "mug", TEN, 1, 1, "unknown", null, false, 4, List.of());
        byte[] stored = CreditFormat.value(credit);
        assertThat(CreditFormat.read(CreditFormat.key("o", "p"), stored)).isEqualTo(credit);
        stored[0] = 9;
        assertThatThrownBy(() -> CreditFormat.read(CreditFormat.key("o", "p"), stored))
                .hasMessage("the credit is stored in format 9, this version reads format 1");
    }
}
