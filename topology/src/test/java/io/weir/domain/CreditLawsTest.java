package io.weir.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.oracle.Acceptance;
import io.weir.oracle.Arrivals;
import io.weir.oracle.CreditReading;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.oracle.RandomCase;
import io.weir.oracle.RandomCases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of each payment's credit is what the rules say, tried on seeded random cases; a failure names its seed. */
class CreditLawsTest {
    private static final int SEEDS = Integer.getInteger("weir.law.seeds", 3_000);
    private static final long TEN = 1_767_225_600_000L;

    private static Map<String, Credit> expected(RandomCase given) {
        List<EventRow> accepted =
                Acceptance.ofAll(given.events(), given.settings()).accepted();
        return CreditReading.creditsOf(accepted, given.settings());
    }

    @Test
    void whatWasSaidLastOfAPaymentIsWhatTheTotalOrderSaysWhateverTheOrderOfArrival() {
        Set<Integer> rulesMet = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomCase given = RandomCases.ofSeed(seed);
            Random random = new Random(seed);
            List<EventRow> arrivals = Arrivals.withDuplicates(
                    Arrivals.shuffledWithinGrace(
                            given.events(), given.settings().grace().toMillis(), random),
                    random);
            DomainFold fold = new DomainFold(given.settings());
            fold.takeAll(arrivals);
            Map<String, Credit> expected = expected(given);
            assertThat(fold.credits()).as("%s", given).isEqualTo(expected);
            expected.values().forEach(credit -> rulesMet.add(credit.rule()));
        }
        assertThat(rulesMet).containsExactlyInAnyOrder(1, 2, 3, 4);
    }

    @Test
    void anyOrderAtAllGivesTheSameWhenGraceIsLongerThanTheCase() {
        for (long seed = 0; seed < SEEDS / 3; seed++) {
            RandomCase small = RandomCases.ofSeed(seed, 60, 2);
            RandomCase given =
                    new RandomCase(seed, small.events(), small.settings().withGrace(Duration.ofDays(3650)));
            List<EventRow> anyOrder = new ArrayList<>(given.events());
            Collections.shuffle(anyOrder, new Random(seed));
            DomainFold fold = new DomainFold(given.settings());
            fold.takeAll(anyOrder);
            assertThat(fold.credits()).as("%s", given).isEqualTo(expected(given));
        }
    }

    @Test
    void settlingForgettingAndStoringAtAnyMomentChangesNothing() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomCase given = RandomCases.ofSeed(seed);
            Random random = new Random(seed);
            DomainFold fold = new DomainFold(given.settings());
            for (EventRow row : Arrivals.shuffledWithinGrace(
                    given.events(), given.settings().grace().toMillis(), random)) {
                if (random.nextBoolean()) {
                    fold.store(row.visitorId());
                } else {
                    fold.settle(row.visitorId());
                }
                fold.take(row);
            }
            assertThat(fold.credits()).as("%s", given).isEqualTo(expected(given));
        }
    }

    @Test
    void theChosenTouchIsTheOneWhoseSourceIsCreditedAndStandsUnderTheRuleThatDecided() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomCase given = RandomCases.ofSeed(seed);
            DomainFold fold = new DomainFold(given.settings());
            fold.takeAll(Arrivals.shuffledWithinGrace(
                    given.events(), given.settings().grace().toMillis(), new Random(seed)));
            for (Credit credit : fold.credits().values()) {
                List<ConsideredTouch> chosen = credit.considered().stream()
                        .filter(ConsideredTouch::chosen)
                        .toList();
                if (credit.rule() == 4) {
                    assertThat(credit.considered()).as("%s", given).isEmpty();
                    assertThat(credit.source()).as("%s", given).isEqualTo("unknown");
                } else {
                    assertThat(chosen).as("%s", given).hasSize(1);
                    ConsideredTouch touch = chosen.get(0);
                    assertThat(touch.rule()).as("%s", given).isEqualTo(credit.rule());
                    assertThat(touch.source()).as("%s", given).isEqualTo(credit.source());
                    assertThat(touch.campaignId()).as("%s", given).isEqualTo(credit.campaignId());
                    assertThat(credit.halo())
                            .as("%s", given)
                            .isNotEqualTo(touch.productId().equals(credit.productId()));
                }
            }
        }
    }

    private static Credit creditOf(DomainFold fold, String paymentId) {
        return fold.credits().get(paymentId);
    }

    @Test
    void aLateArrivalWithinGraceMovesTheCreditAndWhatIsSaidOfIt() {
        DomainFold fold = new DomainFold(OracleSettings.DEFAULT);
        fold.take(EventRow.visit("v", "ann", "mug", null, null, null, TEN));
        fold.take(EventRow.payment("p", "ann", "mug", 1, 5, TEN + 60_000));
        assertThat(creditOf(fold, "p").rule()).isEqualTo(3);

        fold.take(EventRow.click("c", "ann", "cup", "search", "spring", 1, TEN + 30_000));
        assertThat(creditOf(fold, "p"))
                .isEqualTo(new Credit(
                        "p",
                        "o-p",
                        "mug",
                        TEN + 60_000,
                        1,
                        5,
                        "search",
                        "spring",
                        true,
                        2,
                        List.of(
                                new ConsideredTouch(EventType.CLICK, "cup", "search", "spring", TEN + 30_000, 2, true),
                                new ConsideredTouch(EventType.VISIT, "mug", "direct", null, TEN, 3, false))));
    }

    @Test
    void ofVeryManyTouchesTheLatestAreToldAndTheChosenOneHoweverOld() {
        DomainFold fold = new DomainFold(OracleSettings.DEFAULT);
        fold.take(EventRow.click("c", "ann", "mug", "search", null, 1, TEN));
        for (int i = 1; i <= 30; i++) {
            fold.take(EventRow.click("c" + i, "ann", "product " + i, "social", null, 1, TEN + i));
        }
        fold.take(EventRow.payment("p", "ann", "mug", 1, 5, TEN + 60_000));

        List<ConsideredTouch> considered = creditOf(fold, "p").considered();
        assertThat(considered).hasSize(Credit.MOST_CONSIDERED);
        assertThat(considered.get(0).productId()).isEqualTo("product 30");
        assertThat(considered.get(18).productId()).isEqualTo("product 12");
        assertThat(considered.get(19))
                .isEqualTo(new ConsideredTouch(EventType.CLICK, "mug", "search", null, TEN, 1, true));
    }

    @Test
    void ofTwoTouchesAtOneInstantTheOneChosenIsTheLaterInTheTotalOrder() {
        DomainFold fold = new DomainFold(OracleSettings.DEFAULT);
        fold.take(EventRow.click("b", "ann", "cup", "social", null, 1, TEN));
        fold.take(EventRow.click("a", "ann", "jug", "search", null, 1, TEN));
        fold.take(EventRow.payment("p", "ann", "mug", 1, 5, TEN));
        assertThat(creditOf(fold, "p").considered())
                .containsExactly(
                        new ConsideredTouch(EventType.CLICK, "cup", "social", null, TEN, 2, true),
                        new ConsideredTouch(EventType.CLICK, "jug", "search", null, TEN, 2, false));
    }
}
