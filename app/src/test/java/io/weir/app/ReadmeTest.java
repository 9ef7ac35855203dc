package io.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.command.WeirCommand;
import io.weir.app.config.ConfigKeys;
import io.weir.app.replay.input.FileFormat;
import io.weir.domain.Measure;
import io.weir.domain.Rejection;
import io.weir.topology.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The README says what the code says. Its tables of settings and of rejections are made here; run with
 * {@code -Dweir.readme.write=true} to write them anew.
 */
class ReadmeTest {
    private static final Path README = GeneratedTable.page("README.md");

    @Test
    void settingsStandInTheReadmeAsTheyAreDeclared() throws IOException {
        StringBuilder table = new StringBuilder("| key | default | allowed | what it is |\n|---|---|---|---|\n");
        for (ConfigKey key : ConfigKeys.DEFINITION.configKeys().values()) {
            table.append(GeneratedTable.row(
                    "`" + key.name + "`",
                    defaultOf(key),
                    key.type == Type.PASSWORD ? "a secret" : allowed(key),
                    key.documentation));
        }
        GeneratedTable.check(README, "settings", table.toString());
    }

    private static String defaultOf(ConfigKey key) {
        boolean blank =
                key.type == Type.PASSWORD || String.valueOf(key.defaultValue).isEmpty();
        return blank ? "" : "`" + key.defaultValue + "`";
    }

    /** Kafka writes ranges as {@code [1,...,256]} and {@code [0,...]}. */
    private static String allowed(ConfigKey key) {
        if (key.validator == null) {
            return "a text";
        }
        return key.validator
                .toString()
                .replaceFirst("^\\[(-?\\d+),\\.\\.\\.,(-?\\d+)]$", "a whole number from $1 to $2")
                .replaceFirst("^\\[(-?\\d+),\\.\\.\\.]$", "a whole number of at least $1");
    }

    @Test
    void reasonsOfRejectionStandInTheReadmeAsTheyAreDeclared() throws IOException {
        StringBuilder table = new StringBuilder("| reason | meaning |\n|---|---|\n");
        for (Rejection reason : Rejection.values()) {
            table.append(GeneratedTable.row("`" + reason.label() + "`", reason.meaning()));
        }
        GeneratedTable.check(README, "rejections", table.toString());
    }

    @Test
    void namesThatOthersRelyOnStandInTheReadme() throws IOException {
        String readme = Files.readString(README);
        assertThat(readme)
                .contains(new CommandLine(new WeirCommand())
                        .getSubcommands().keySet().stream()
                                .map(command -> "`./weir " + command)
                                .toList())
                .contains(FileFormat.labels().stream()
                        .map(format -> "`" + format + "`")
                        .toList())
                .contains(List.of(
                        Names.REASON_HEADER,
                        Names.DETAIL_HEADER,
                        Names.TOPIC_HEADER,
                        Names.PARTITION_HEADER,
                        Names.OFFSET_HEADER,
                        Names.JOURNEYS_STORE,
                        Names.PARTITION_TOTALS_STORE,
                        Names.PARTITION_PROGRESS_STORE,
                        Names.TOTALS_STORE,
                        Names.TOTALS_PROGRESS_STORE,
                        Names.PUBLICATIONS));
        for (Measure measure : Measure.values()) {
            assertThat(readme).contains(measure.label());
        }
    }
}
