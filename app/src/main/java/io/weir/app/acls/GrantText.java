package io.weir.app.acls;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.utils.SecurityUtils;

/** Grants as people read them, and as Kafka's own tool takes them. */
public final class GrantText {
    private GrantText() {}

    /** One line for each grant, in columns. */
    public static String table(List<Grant> grants) {
        int widest = grants.stream()
                .mapToInt(grant -> grant.resource().name().length())
                .max()
                .orElse(0);
        String line = "%-16s %-8s %-" + widest + "s  %-16s %s%n";
        StringBuilder table = new StringBuilder();
        table.append(String.format(Locale.ROOT, line, "resource", "pattern", "name", "operation", "what for"));
        for (Grant grant : grants) {
            ResourcePattern resource = grant.resource();
            table.append(String.format(
                    Locale.ROOT,
                    line,
                    lower(resource.resourceType()),
                    lower(resource.patternType()),
                    resource.name(),
                    grant.operation(),
                    grant.reason()));
        }
        return table.toString();
    }

    /**
     * One command of Kafka's {@code kafka-acls.sh} for each resource.
     *
     * @param principal such as {@code User:weir}
     */
    public static String commands(List<Grant> grants, String principal, String bootstrapServers) {
        StringBuilder commands = new StringBuilder();
        byResource(grants).forEach((resource, operations) -> {
            commands.append("kafka-acls.sh --bootstrap-server ").append(bootstrapServers);
            commands.append(" --command-config admin.properties --add --allow-principal ");
            commands.append(quoted(principal));
            if (resource.patternType() != PatternType.LITERAL) {
                commands.append(" --resource-pattern-type ").append(lower(resource.patternType()));
            }
            operations.forEach(operation -> commands.append(" --operation ").append(pascalCase(operation)));
            commands.append(" --").append(lower(resource.resourceType()).replace('_', '-'));
            commands.append(' ').append(resource.name()).append('\n');
        });
        return commands.toString();
    }

    /** The operations on each resource, both in the order of the list. */
    static Map<ResourcePattern, List<AclOperation>> byResource(List<Grant> grants) {
        return grants.stream()
                .collect(Collectors.groupingBy(
                        Grant::resource,
                        LinkedHashMap::new,
                        Collectors.mapping(Grant::operation, Collectors.toCollection(ArrayList::new))));
    }

    /** As Kafka's tool and Strimzi write it: {@code DescribeConfigs}. */
    static String pascalCase(AclOperation operation) {
        return SecurityUtils.operationName(operation);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
