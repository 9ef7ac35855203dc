package io.weir.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.acls.Grants;
import io.weir.app.config.WeirConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AclsCommandTest {

    private record Allowed(ResourcePattern resource, AclOperation operation) {}

    private static String print(String... options) {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new AclsCommand()).setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(out));
        assertThat(line.execute(options)).isZero();
        return out.toString();
    }

    private static Set<Allowed> expected(Grants.Task task) {
        Set<Allowed> expected = new LinkedHashSet<>();
        Grants.of(task, WeirConfig.of(Map.of()), false)
                .forEach(grant -> expected.add(new Allowed(grant.resource(), grant.operation())));
        return expected;
    }

    /** Reads a command as the tool itself does. */
    private static List<Allowed> parse(String command) {
        List<String> words = List.of(command.split(" "));
        PatternType pattern = words.contains("--resource-pattern-type") ? PatternType.PREFIXED : PatternType.LITERAL;
        ResourceType type = ResourceType.fromString(
                words.get(words.size() - 2).substring(2).replace('-', '_').toUpperCase(Locale.ROOT));
        ResourcePattern resource = new ResourcePattern(type, words.get(words.size() - 1), pattern);
        List<Allowed> allowed = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("--operation")) {
                allowed.add(new Allowed(resource, SecurityUtils.operation(words.get(i + 1))));
            }
        }
        return allowed;
    }

    @Test
    void theCommandsOfKafkasToolAllowWhatTheListSays() {
        for (Grants.Task task : Grants.Task.values()) {
            String printed =
                    print("--for", task.name(), "--format", "kafka-acls", "--principal", "User:CN=weir,O=shop");
            Set<Allowed> allowed = new LinkedHashSet<>();
            printed.lines().forEach(line -> allowed.addAll(parse(line)));
            assertThat(allowed).isEqualTo(expected(task)).isNotEmpty();
            assertThat(printed.lines())
                    .allMatch(line -> line.startsWith("kafka-acls.sh --bootstrap-server HOST:PORT ")
                            && line.contains(" --add --allow-principal 'User:CN=weir,O=shop' "));
        }
    }

    @Test
    void theTableSaysWhatEachIsFor() {
        assertThat(print("--set", "application.id=shop", "--set", "topic.visits=views"))
                .containsPattern("topic +literal +views +READ +reads what comes in")
                .containsPattern("topic +literal +shop-journeys-changelog +READ +restores")
                .containsPattern("topic +literal +shop-publications-repartition +DELETE")
                .containsPattern("group +literal +shop +READ")
                .containsPattern("transactional_id +prefixed +shop- +WRITE")
                .doesNotContain("cluster", "weir.visits");
    }

    @Test
    void topicsThatOthersMakeNeedNotBeMade() {
        assertThat(print("--existing-topics"))
                .doesNotContainPattern("weir\\.\\S+ +CREATE")
                .containsPattern("weir-journeys-changelog +CREATE");
    }
}
