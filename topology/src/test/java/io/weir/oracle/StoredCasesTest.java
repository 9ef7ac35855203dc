package io.weir.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Both readings of the semantics give what the stored cases say. */
class StoredCasesTest {

    @TestFactory
    Stream<DynamicTest> theOracleGivesWhatTheCaseSays() {
        return forEachCase(
                story -> assertThat(BatchOracle.file(BatchOracle.windowsCsv(story.events(), story.settings())))
                        .isEqualTo(story.expected()));
    }

    @TestFactory
    Stream<DynamicTest> theLiteralReadingGivesWhatTheCaseSays() {
        return forEachCase(story -> assertThat(BatchOracle.file(BruteForce.windowsOf(
                        Acceptance.ofAll(story.events(), story.settings()).accepted(), story.settings())))
                .isEqualTo(story.expected()));
    }

    /** One test for each case, or one that is skipped when there are none. */
    private static Stream<DynamicTest> forEachCase(Consumer<StoredCase> check) {
        List<StoredCase> cases = StoredCase.all();
        String missing = "no cases in " + StoredCase.sharedFolder() + "; name their parent by -Dweir.shared";
        return cases.isEmpty()
                ? Stream.of(DynamicTest.dynamicTest("stored cases", () -> abort(missing)))
                : cases.stream().map(story -> DynamicTest.dynamicTest(story.name(), () -> check.accept(story)));
    }
}
