package io.weir.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelValueTest {
    private static final int MOST = LabelValue.MOST_CHARS;

    @ParameterizedTest
    @ValueSource(strings = {"search", "a \"quoted\" \\ name", "淘宝直播", "<script>", "😀", "x=1,y=2", " "})
    void ordinaryTextStaysAsItIs(String name) {
        assertThat(LabelValue.of(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\nb", "a\u0000b", "a\u007Fb", "a\u0085b", "a\u2028b", "a\uD83Db", "a\uDE00b", "\uD83D", "\n"})
    void whatIsNoTextIsReplacedAndTheNameStaysTellingApart(String name) {
        assertThat(LabelValue.of(name)).contains("\uFFFD").matches(".*~[0-9a-f]{8}");
        assertThat(LabelValue.of(name)).isNotEqualTo(LabelValue.of(name + "\n"));
        assertThat(LabelValue.of("a\nb")).isNotEqualTo(LabelValue.of("a\rb"));
    }

    @Test
    void longNamesAreCutAndStayDifferent() {
        String longest = "x".repeat(MOST);
        assertThat(LabelValue.of(longest)).isEqualTo(longest);
        String one = LabelValue.of(longest + "1");
        assertThat(one).hasSize(MOST).startsWith("xxxx").isNotEqualTo(LabelValue.of(longest + "2"));
    }

    @Test
    void aNameIsNotCutWithinACharacter() {
        for (int length = MOST - 14; length < MOST; length++) {
            String value = LabelValue.of("x".repeat(length) + "😀".repeat(50));
            assertThat(value.length()).isLessThanOrEqualTo(MOST);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(value)).isTrue();
        }
    }

    @RepeatedTest(5)
    void whateverComesInTextOfBoundedLengthComesOut(RepetitionInfo info) {
        long seed = info.getCurrentRepetition();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int left = 1 + random.nextInt(300); left > 0; left--) {
                name.append((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(65_536)));
            }
            String value = LabelValue.of(name.toString());
            assertThat(value.length()).as("seed %d", seed).isBetween(1, MOST);
            assertThat(value.codePoints().noneMatch(Character::isISOControl))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(value))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }
}
