package io.weir.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Both readings of the semantics give what the stored cases say. */
class StoredCasesTest {

    @TestFactory
    Stream<DynamicTest> theOracleGivesWhatTheCaseSays() {
        return cases().map(story -> DynamicTest.dynamicTest(
                story.name(),
                () -> assertThat(BatchOracle.file(BatchOracle.windowsCsv(story.events(), story.settings())))
                        .isEqualTo(story.expected())));
    }

    private static Stream<StoredCase> cases() {
        var cases = StoredCase.all();
        assumeFalse(cases.isEmpty(), () -> "no folder cases in " + StoredCase.sharedFolder() + "; set -Dweir.shared");
        return cases.stream();
    }
}
