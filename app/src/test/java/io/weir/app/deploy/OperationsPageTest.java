package io.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/operations.md names what docker-compose.yml has. */
class OperationsPageTest {
    private static ComposeFile compose;
    private static String page;

    @BeforeAll
    static void read() throws IOException {
        compose = ComposeFile.read();
        page = Files.readString(compose.root().resolve("docs/operations.md"));
    }

    private static Set<String> found(String pattern) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(page);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void itSaysOfEveryVolumeButTheDemosWhatItHolds() {
        Set<String> volumes = new TreeSet<>();
        String project = compose.tree().get("name").asText();
        compose.tree().get("volumes").fieldNames().forEachRemaining(volume -> volumes.add(project + "_" + volume));
        volumes.remove(project + "_grafana-demo-data");
        assertThat(found("(?m)^\\| `(weir_[a-z-]+)` \\|")).isEqualTo(volumes);
    }

    @Test
    void itNamesEveryPublishedPort() {
        Set<String> published = new TreeSet<>();
        compose.services()
                .values()
                .forEach(service ->
                        ComposeFile.texts(service.path("ports")).forEach(port -> published.add(port.split(":")[1])));
        assertThat(found("(?m)^\\| [<`][^|]*127\\.0\\.0\\.1:(\\d+)")).isEqualTo(published);
    }

    @Test
    void itNamesNoServiceProfileOrImageThatIsNotThere() {
        assertThat(compose.profiles()).containsAll(found("--profile (\\w+)"));
        assertThat(compose.services().keySet()).containsAll(found("--scale (\\w+)="));
        assertThat(List.of(compose.service("weir").get("image").asText())).containsAll(found("(weir:[0-9.]*\\d)"));
    }
}
