package io.weir.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.oracle.BatchOracle.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The SQL and the literal reading agree on random cases. System property {@code weir.oracle.cases} sets how many, and
 * {@code weir.oracle.seed} the first seed, to look at one again.
 */
class OracleAgainstBruteForceTest {
    private static final long CASES = Long.getLong("weir.oracle.cases", 2_000);
    private static final long FIRST_SEED = Long.getLong("weir.oracle.seed", 0);

    @Test
    void bothReadingsAgreeOnAllEvents() {
        List<Story> stories = new ArrayList<>();
        for (RandomCase random : cases()) {
            Acceptance acceptance = Acceptance.ofAll(random.events(), random.settings());
            assertThat(acceptance.accepted()).as("%s", random).hasSameSizeAs(random.events());
            stories.add(new Story(acceptance.accepted(), random.settings()));
        }
        assertBothAgree(stories);
    }

    /** Where ids come again and events come late, two clicks of one visitor may share an id. */
    @Test
    void bothReadingsAgreeOnWhatOnePartitionAccepts() {
        List<Story> stories = new ArrayList<>();
        for (RandomCase random : cases()) {
            Acceptance acceptance = Acceptance.inArrivalOrder(disturbed(random), random.settings());
            stories.add(new Story(acceptance.accepted(), random.settings()));
        }
        assertBothAgree(stories);
    }

    private static List<RandomCase> cases() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + CASES)
                .mapToObj(RandomCases::ofSeed)
                .toList();
    }

    private static List<EventRow> disturbed(RandomCase random) {
        Random chance = new Random(random.seed());
        long disorderMs = 2 * random.settings().grace().toMillis();
        List<EventRow> rows = Arrivals.shuffledWithinGrace(random.events(), disorderMs, chance);
        rows = Arrivals.withReusedIds(rows, chance);
        rows = Arrivals.withDuplicates(rows, chance);
        return Arrivals.withInvalid(rows, chance);
    }

    private static void assertBothAgree(List<Story> stories) {
        List<List<String>> answers = BatchOracle.windowsCsvOfEach(stories);
        for (int i = 0; i < stories.size(); i++) {
            Story story = stories.get(i);
            assertThat(answers.get(i))
                    .as("-Dweir.oracle.seed=%d -Dweir.oracle.cases=1: %s", FIRST_SEED + i, story)
                    .isEqualTo(BruteForce.windowsOf(story.accepted(), story.settings()));
        }
    }
}
