package io.weir.app.acls;

import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.TopicPolicy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Grants and topics as resources of the Strimzi operator, version v1 of its API. */
public final class StrimziYaml {
    private static final Map<ResourceType, String> TYPES = Map.of(
            ResourceType.TOPIC, "topic", ResourceType.GROUP, "group", ResourceType.TRANSACTIONAL_ID, "transactionalId");

    private final String cluster;
    private final StringBuilder yaml = new StringBuilder();

    private StrimziYaml(String cluster) {
        this.cluster = cluster;
    }

    /**
     * A {@code KafkaTopic} for each topic that Weir would make, and a {@code KafkaUser} with these grants.
     *
     * @param user the principal without {@code User:}; also what its Secret is called
     * @param cluster the name of the {@code Kafka} resource
     */
    public static String of(List<Grant> grants, WeirConfig config, String user, String cluster) {
        StrimziYaml document = new StrimziYaml(cluster);
        TopicPolicy.created(config).forEach(policy -> document.topic(policy, config));
        document.user(grants, user);
        return document.yaml.toString();
    }

    private void topic(TopicPolicy policy, WeirConfig config) {
        String topic = policy.topic();
        // A resource's name is narrower than a topic's.
        head("KafkaTopic", topic.toLowerCase(Locale.ROOT).replace('_', '-'));
        line("spec:");
        line("  topicName: " + quoted(topic));
        line("  partitions: " + config.number("topic.partitions"));
        int replicas = config.number("topic.replication.factor");
        if (replicas > 0) {
            line("  replicas: " + replicas);
        }
        line("  config:");
        new TreeMap<>(policy.configs()).forEach((key, value) -> line("    " + key + ": " + value));
    }

    private void user(List<Grant> grants, String user) {
        head("KafkaUser", user);
        line("spec:");
        line("  authentication:");
        line("    type: scram-sha-512");
        line("  authorization:");
        line("    type: simple");
        line("    acls:");
        GrantText.byResource(grants).forEach(this::rule);
    }

    private void rule(ResourcePattern resource, List<AclOperation> operations) {
        line("      - resource:");
        line("          type: " + TYPES.get(resource.resourceType()));
        line("          name: " + quoted(resource.name()));
        line("          patternType: " + (resource.patternType() == PatternType.PREFIXED ? "prefix" : "literal"));
        line("        operations: ["
                + String.join(
                        ", ", operations.stream().map(GrantText::pascalCase).toList()) + "]");
    }

    private void head(String kind, String name) {
        line("---");
        line("apiVersion: kafka.strimzi.io/v1");
        line("kind: " + kind);
        line("metadata:");
        line("  name: " + quoted(name));
        line("  labels:");
        line("    strimzi.io/cluster: " + quoted(cluster));
    }

    private void line(String text) {
        yaml.append(text).append('\n');
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
