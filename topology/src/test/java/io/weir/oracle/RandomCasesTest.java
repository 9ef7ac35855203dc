package io.weir.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The cases can be made again, and they are as awkward as they claim to be. */
class RandomCasesTest {
    private static final List<RandomCase> CASES =
            LongStream.range(0, 500).mapToObj(RandomCases::ofSeed).toList();

    @Test
    void aSeedAlwaysGivesTheSameCase() {
        assertThat(CASES)
                .isEqualTo(
                        LongStream.range(0, 500).mapToObj(RandomCases::ofSeed).toList());
        assertThat(new HashSet<>(CASES.stream().map(RandomCase::events).toList()))
                .hasSameSizeAs(CASES);
    }

    @Test
    void aCaseIsAsLargeAsAskedFor() {
        RandomCase random = RandomCases.ofSeed(7, 5_000, 100);
        assertThat(random.events()).hasSize(5_000);
        assertThat(random.events().stream().map(EventRow::visitorId).distinct()).hasSize(100);
    }

    @Test
    void everyEventIsValidAndHasAnIdOfItsOwn() {
        for (RandomCase random : CASES) {
            assertThat(Acceptance.ofAll(random.events(), random.settings()).accepted())
                    .as("%s", random)
                    .hasSameSizeAs(random.events());
        }
    }

    @Test
    void everyRuleDecidesSomethingInManyCases() {
        Map<String, Integer> cases = new TreeMap<>();
        for (RandomCase random : CASES) {
            List<EventRow> rows =
                    Acceptance.ofAll(random.events(), random.settings()).accepted();
            BruteForce.rulesMet(rows, random.settings()).forEach(rule -> cases.merge(rule, 1, Integer::sum));
        }
        assertThat(cases)
                .containsOnlyKeys(
                        "visit: named click",
                        "visit: own source",
                        "visit: latest click",
                        "visit: direct",
                        "payment: touch on the product",
                        "payment: touch on another",
                        "payment: direct",
                        "payment: direct, halo",
                        "payment: unknown");
        assertThat(cases.values()).as("%s", cases).allMatch(number -> number >= 25);
    }

    @Test
    void shuffledEventsAreAllThereAndNeverLate() {
        for (RandomCase random : CASES) {
            long graceMs = random.settings().grace().toMillis();
            List<EventRow> arrivals = Arrivals.shuffledWithinGrace(random.events(), graceMs, new Random(random.seed()));
            assertThat(arrivals).as("%s", random).containsExactlyInAnyOrderElementsOf(random.events());
            assertThat(Acceptance.inArrivalOrder(arrivals, random.settings()).accepted())
                    .as("%s", random)
                    .hasSameSizeAs(arrivals);
        }
    }

    @Test
    void shuffledEventsComeAsLateAsGraceAllows() {
        RandomCase random = RandomCases.ofSeed(1, 500, 3);
        List<EventRow> arrivals = Arrivals.shuffledWithinGrace(random.events(), 600_000, new Random(1));
        long newestMs = Long.MIN_VALUE;
        long worstMs = 0;
        for (EventRow row : arrivals) {
            newestMs = Math.max(newestMs, row.timeMs());
            worstMs = Math.max(worstMs, newestMs - row.timeMs());
        }
        assertThat(worstMs).isBetween(540_000L, 600_000L);
    }

    @Test
    void duplicatesComeAfterTheirFirstsAndChangeNoFigure() {
        for (RandomCase random : CASES) {
            List<EventRow> sent = Arrivals.withDuplicates(random.events(), new Random(random.seed()));
            assertThat(Acceptance.ofAll(sent, random.settings()).accepted())
                    .as("%s", random)
                    .isEqualTo(
                            Acceptance.ofAll(random.events(), random.settings()).accepted());
        }
    }

    @Test
    void duplicatesReusedIdsAndInvalidRowsDoOccur() {
        RandomCase random = RandomCases.ofSeed(2, 1_000, 3);
        Random chance = new Random(2);
        List<EventRow> rows = Arrivals.shuffledWithinGrace(new ArrayList<>(random.events()), 0, chance);
        assertThat(Arrivals.withDuplicates(rows, chance)).hasSizeBetween(1_250, 1_420);
        assertThat(Arrivals.withReusedIds(rows, chance).stream()
                        .map(EventRow::id)
                        .distinct())
                .hasSizeLessThan(900);
        Counts visits = Acceptance.ofAll(Arrivals.withInvalid(rows, chance), random.settings())
                .counts()
                .get(EventRow.VISIT);
        assertThat(visits.rejectedByReason())
                .containsOnlyKeys("missing_id", "missing_visitor_id", "missing_product_id");
    }
}
