package io.weir.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.oracle.Acceptance;
import io.weir.oracle.Arrivals;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.BruteForce;
import io.weir.oracle.Counts;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.oracle.RandomCase;
import io.weir.oracle.RandomCases;
import io.weir.oracle.StoredCase;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What must hold for every journey, tried on seeded random cases; a failure names its seed. System property
 * {@code weir.law.seeds} sets how many.
 */
class JourneyLawsTest {
    private static final int SEEDS = Integer.getInteger("weir.law.seeds", 3_000);

    private static List<String> inTimeOrder(RandomCase given) {
        List<EventRow> sorted = new ArrayList<>(given.events());
        sorted.sort(Comparator.comparingLong(EventRow::timeMs));
        DomainFold fold = new DomainFold(given.settings());
        fold.takeAll(sorted);
        return fold.windowsCsv();
    }

    private static List<EventRow> shuffled(RandomCase given, Random random) {
        return Arrivals.shuffledWithinGrace(
                given.events(), given.settings().grace().toMillis(), random);
    }

    @Test
    void anyOrderOfArrivalWithinGraceGivesTheSameWindows() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomCase given = RandomCases.ofSeed(seed);
            DomainFold fold = new DomainFold(given.settings());
            fold.takeAll(shuffled(given, new Random(seed)));
            assertThat(fold.windowsCsv()).as("%s", given).isEqualTo(inTimeOrder(given));
        }
    }

    @Test
    void anyOrderAtAllGivesTheSameWindowsWhenGraceIsLongerThanTheCase() {
        for (long seed = 0; seed < SEEDS / 3; seed++) {
            RandomCase small = RandomCases.ofSeed(seed, 60, 2);
            RandomCase given =
                    new RandomCase(seed, small.events(), small.settings().withGrace(Duration.ofDays(3650)));
            List<EventRow> anyOrder = new ArrayList<>(given.events());
            Collections.shuffle(anyOrder, new Random(seed));
            DomainFold fold = new DomainFold(given.settings());
            fold.takeAll(anyOrder);
            assertThat(fold.windowsCsv()).as("%s", given).isEqualTo(inTimeOrder(given));
        }
    }

    @Test
    void eventsDeliveredTwiceCountOnce() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomCase given = RandomCases.ofSeed(seed);
            Random random = new Random(seed);
            List<EventRow> arrivals = Arrivals.withDuplicates(shuffled(given, random), random);
            DomainFold fold = new DomainFold(given.settings());
            fold.takeAll(arrivals);
            assertThat(fold.windowsCsv()).as("%s", given).isEqualTo(inTimeOrder(given));
            assertThat(fold.count(Outcome.ACCEPTED))
                    .as("%s", given)
                    .isEqualTo(given.events().size());
            assertThat(fold.count(Outcome.DUPLICATE) + fold.count(Outcome.LATE))
                    .as("%s", given)
                    .isEqualTo(arrivals.size() - given.events().size());
        }
    }

    @Test
    void visitorsSplitOverPartitionsAddUpToTheWhole() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomCase given = RandomCases.ofSeed(seed);
            int partitions = 2 + (int) (seed % 3);
            Map<WindowKey, Measures> sum = new HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                DomainFold fold = new DomainFold(given.settings());
                for (EventRow row : shuffled(given, new Random(seed))) {
                    if (Math.floorMod(row.visitorId().hashCode(), partitions) == partition) {
                        fold.take(row);
                    }
                }
                fold.rows().forEach((key, measures) -> sum.merge(key, measures, Measures::plus));
            }
            assertThat(DomainFold.windowsCsv(sum)).as("%s", given).isEqualTo(inTimeOrder(given));
        }
    }

    @Test
    void settlingForgettingAndStoringAtAnyMomentChangesNothing() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomCase given = RandomCases.ofSeed(seed);
            Random random = new Random(seed);
            DomainFold fold = new DomainFold(given.settings());
            List<EventRow> arrivals = Arrivals.withReusedIds(shuffled(given, random), random);
            DomainFold undisturbed = new DomainFold(given.settings());
            for (EventRow row : arrivals) {
                EventRow any = arrivals.get(random.nextInt(arrivals.size()));
                switch (random.nextInt(3)) {
                    case 0 -> fold.settle(any.visitorId());
                    case 1 -> fold.store(any.visitorId());
                    default -> fold.store(row.visitorId());
                }
                assertThat(fold.take(row)).as("%s", given).isEqualTo(undisturbed.take(row));
            }
            assertThat(fold.windowsCsv()).as("%s", given).isEqualTo(undisturbed.windowsCsv());
        }
    }

    @Test
    void aJourneyIsNeverStoredInMoreBytesThanItsBound() {
        for (long seed = 0; seed < SEEDS / 3; seed++) {
            RandomCase given = RandomCases.ofSeed(seed);
            DomainFold fold = new DomainFold(given.settings());
            for (EventRow row : shuffled(given, new Random(seed))) {
                fold.take(row);
                Journey journey = fold.journey(row.visitorId());
                int bound = journey.sizeBound();
                assertThat(journey.toBytes().length).as("%s", given).isLessThanOrEqualTo(bound);
            }
        }
    }

    @Test
    void whatCanNoLongerMatterIsForgottenOfAVisitorWhoNeverPausesToo() {
        DomainFold fold = new DomainFold(OracleSettings.DEFAULT);
        for (int i = 0; i < 5_000; i++) {
            fold.take(EventRow.click("c" + i, "robot", "mug", "ads", null, 1, 1_767_225_600_000L + i * 10_000L));
            if (i % 100 == 0) {
                fold.journey("robot").toBytes();
            }
        }
        // The clicks of 40 minutes, and those since the journey was last stored.
        assertThat(fold.journey("robot").rememberedClicks()).isLessThanOrEqualTo(40 * 6 + 100);
    }

    @Test
    void everyWindowIsThatOfTheLiteralReadingWhateverArrives() {
        for (long seed = 0; seed < SEEDS / 3; seed++) {
            RandomCase given = RandomCases.ofSeed(seed);
            Random random = new Random(seed);
            List<EventRow> arrivals = Arrivals.withReusedIds(shuffled(given, random), random);
            DomainFold fold = new DomainFold(given.settings());
            fold.takeAll(arrivals);
            List<EventRow> accepted =
                    Acceptance.inArrivalOrder(arrivals, given.settings()).accepted();
            assertThat(fold.windowsCsv()).as("%s", given).isEqualTo(BruteForce.windowsOf(accepted, given.settings()));
        }
    }

    @Test
    @Tag("batch-oracle")
    void everyWindowEqualsTheBatchComputationWhateverArrives() {
        List<RandomCase> cases = new ArrayList<>();
        List<List<String>> actual = new ArrayList<>();
        List<BatchOracle.Story> stories = new ArrayList<>();
        for (long seed = 0; seed < 400; seed++) {
            RandomCase given = RandomCases.ofSeed(seed, 250, 12);
            Random random = new Random(seed);
            List<EventRow> arrivals = new ArrayList<>(given.events());
            if (seed % 3 == 0) {
                Collections.shuffle(arrivals, random);
            } else {
                arrivals = Arrivals.withDuplicates(shuffled(given, random), random);
            }
            Acceptance judged = Acceptance.inArrivalOrder(arrivals, given.settings());
            DomainFold fold = new DomainFold(given.settings());
            fold.takeAll(arrivals);
            assertThat(fold.count(Outcome.ACCEPTED)).as("%s", given).isEqualTo(total(judged, Counts::accepted));
            assertThat(fold.count(Outcome.DUPLICATE)).as("%s", given).isEqualTo(total(judged, Counts::duplicate));
            assertThat(fold.count(Outcome.LATE)).as("%s", given).isEqualTo(total(judged, Counts::late));
            cases.add(given);
            actual.add(fold.windowsCsv());
            stories.add(new BatchOracle.Story(judged.accepted(), given.settings()));
        }
        List<List<String>> expected = BatchOracle.windowsCsvOfEach(stories);
        for (int i = 0; i < cases.size(); i++) {
            assertThat(actual.get(i)).as("%s", cases.get(i)).isEqualTo(expected.get(i));
        }
    }

    private static long total(Acceptance judged, ToLongFunction<Counts> count) {
        return judged.counts().values().stream().mapToLong(count).sum();
    }

    @Test
    void theStoredCasesComeOutAsTheySay() {
        assumeTrue(Files.isDirectory(StoredCase.sharedFolder()), "there is no folder of cases here");
        for (StoredCase given : StoredCase.all()) {
            List<EventRow> sorted = new ArrayList<>(given.events());
            sorted.sort(Comparator.comparingLong(EventRow::timeMs));
            DomainFold fold = new DomainFold(given.settings());
            fold.takeAll(sorted);
            assertThat(BatchOracle.file(fold.windowsCsv())).as(given.name()).isEqualTo(given.expected());
        }
    }
}
