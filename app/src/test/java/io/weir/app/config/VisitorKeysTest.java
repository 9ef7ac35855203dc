package io.weir.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.serde.VisitorNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisitorKeysTest {
    private static final String KEY = "q3Hk0Zt7yJc1oWn5uVx8sBd2fGm4pLr6";
    private static final String OTHER = "A9eR7tY5uI3oP1aS8dF6gH4jK2lZ0xCv";
    private static final byte[] ANN = "ann".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static List<String> problems(Map<String, String> settings) {
        return VisitorKeys.problems(WeirConfig.of(settings));
    }

    private static VisitorNames names(Map<String, String> settings) {
        return VisitorKeys.names(WeirConfig.of(settings)).get();
    }

    @Test
    void withoutAKeyIdsAreStoredAsTheyCome() {
        assertThat(problems(Map.of())).isEmpty();
        assertThat(names(Map.of()).arePseudonyms()).isFalse();
        assertThat(names(Map.of()).name(ANN)).isEqualTo("ann");
    }

    @Test
    void theKeyIsTheSameFromAFileAsFromTheEnvironmentWhateverWhiteSpaceIsAroundIt() throws IOException {
        String expected = names(Map.of("visitor.key", KEY)).name(ANN);
        assertThat(expected).isNotEqualTo("ann");
        for (String text : List.of(KEY, KEY + "\n", " " + KEY + "\r\n")) {
            assertThat(names(Map.of("visitor.key.file", file("key", text))).name(ANN))
                    .isEqualTo(expected);
        }
        Map<String, String> environment = ConfigSources.merge(
                null, Map.of("WEIR_VISITOR_KEY", KEY, "WEIR_VISITOR_KEY_PREVIOUS", OTHER), List.of());
        assertThat(names(environment).name(ANN)).isEqualTo(expected);
        assertThat(names(environment).nameBefore(ANN))
                .isEqualTo(names(Map.of("visitor.key", OTHER)).name(ANN));
    }

    @Test
    void theKeyBeforeMayBeAFileOrNone() throws IOException {
        assertThat(names(Map.of("visitor.key", KEY, "visitor.key.previous.file", "none"))
                        .nameBefore(ANN))
                .isEqualTo("ann");
        assertThat(names(Map.of("visitor.key", KEY, "visitor.key.previous.file", file("old", OTHER)))
                        .nameBefore(ANN))
                .isEqualTo(names(Map.of("visitor.key", OTHER)).name(ANN));
    }

    @Test
    void aKeyThatIsNotAsItMustBeIsRefusedWithTheCureAndNotShown() throws IOException {
        String tooShort = "0123456789abcdef0123456789abcde";
        assertProblem(Map.of("visitor.key", tooShort), "visitor.key: the key has 31 bytes", "openssl rand -base64 32");
        assertProblem(
                Map.of("visitor.key.file", file("short", tooShort + "\n")),
                "visitor.key.file: found " + folder.resolve("short"),
                "has 31 bytes");
        assertProblem(Map.of("visitor.key.file", file("empty", "")), "has 0 bytes");
        assertProblem(Map.of("visitor.key.file", file("long", KEY.repeat(200))), "more than 4096 bytes");
        assertProblem(
                Map.of("visitor.key.file", folder.resolve("absent").toString()),
                "it cannot be read (NoSuchFileException)",
                "openssl");
        assertProblem(
                Map.of("visitor.key", KEY, "visitor.key.file", file("key", KEY)),
                "visitor.key: there beside visitor.key.file");
        assertProblem(
                Map.of("visitor.key", KEY, "visitor.key.previous", tooShort), "visitor.key.previous: the key has 31");
        assertProblem(Map.of("visitor.key.previous", KEY), "visitor.key.file: missing");
        assertProblem(Map.of("visitor.key.previous.file", "none"), "visitor.key.file: missing");
        assertProblem(Map.of("visitor.key", KEY, "visitor.key.previous", KEY), "the same key");
    }

    private static void assertProblem(Map<String, String> settings, String... texts) {
        assertThat(problems(settings)).singleElement().asString().contains(texts);
        assertThat(problems(settings).toString()).doesNotContain(KEY, "0123456789abcdef");
        assertThatThrownBy(() -> names(settings)).isInstanceOf(ConfigurationException.class);
    }
}
