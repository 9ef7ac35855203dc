package io.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.alerts.AlertName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/operations.md names what docker-compose.yml has, every alert, and only series that there are. */
class OperationsPageTest {
    private static ComposeFile compose;
    private static String page;

    @BeforeAll
    static void read() throws IOException {
        compose = ComposeFile.read();
        page = Files.readString(compose.root().resolve("docs/operations.md"));
    }

    private static Set<String> found(String pattern) {
        return found(pattern, page);
    }

    private static Set<String> found(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
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

    /** The page's section under this heading, up to the next of the same level. */
    private static String section(String heading) {
        String begin = "\n## " + heading + "\n";
        assertThat(page).contains(begin);
        return page.substring(page.indexOf(begin) + begin.length()).split("\n## ", 2)[0];
    }

    private static String read(String file) throws IOException {
        return Files.readString(compose.root().resolve(file));
    }

    @Test
    void itSaysOfEveryAlertWhatToDo() throws IOException {
        Set<String> alerts = new TreeSet<>();
        try (var rules = Files.list(compose.root().resolve("prometheus/rules"))) {
            for (Path file : rules.toList()) {
                alerts.addAll(found("(?m)^ *- alert: (\\w+)$", Files.readString(file)));
            }
        }
        assertThat(alerts).hasSizeGreaterThan(10);
        for (AlertName own : AlertName.values()) {
            alerts.add(own.label());
        }
        String table = section("What to do at each alert");
        Set<String> told = new TreeSet<>();
        for (String row : table.lines().filter(line -> line.startsWith("| [")).toList()) {
            assertThat(row.split(" \\| ", -1))
                    .as(row)
                    .hasSize(4)
                    .allSatisfy(cell -> assertThat(cell).isNotBlank());
            told.addAll(found("`(\\w+)`", row.split(" \\| ", 2)[0]));
        }
        assertThat(told).isEqualTo(alerts);
    }

    @Test
    void everyAlertIsLinkedToItsPageInTheRunbook() throws IOException {
        Set<String> headings = new TreeSet<>();
        found("(?m)^## (\\w+)$", read("prometheus/runbook.md"))
                .forEach(heading -> headings.add(heading.toLowerCase(Locale.ROOT)));
        String table = section("What to do at each alert");
        assertThat(found("prometheus/runbook\\.md#(\\w+)", table)).isEqualTo(headings);
        Matcher prometheus = Pattern.compile("\\[`(Weir\\w+)`]\\(([^)]*)\\)").matcher(table);
        while (prometheus.find()) {
            assertThat(prometheus.group(2))
                    .isEqualTo("../prometheus/runbook.md#" + prometheus.group(1).toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void whatToWatchAreSeriesThatWeirShowsOrTheRulesRecord() throws IOException {
        String watched = section("What to watch");
        Set<String> shown = found("(weir_[a-z_]+)", read("README.md"));
        assertThat(shown).containsAll(found("`(weir_[a-z_]+)`", watched));
        assertThat(found("record: ([a-z_]+:\\w+:\\w+)", read("prometheus/rules/recording.yml")))
                .containsAll(found("`([a-z_]+:weir_\\w+:\\w+)`", watched));
    }
}
