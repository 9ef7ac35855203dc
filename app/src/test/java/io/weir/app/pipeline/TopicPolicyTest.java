package io.weir.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.GeneratedTable;
import io.weir.app.config.WeirConfig;
import io.weir.serde.EventReader;
import io.weir.serde.VisitorNames;
import io.weir.topology.WeirTopology;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

/** What Kafka keeps of each topic. */
class TopicPolicyTest {

    @Test
    void theOperationsPageSaysOfEveryTopicWhatIsKept() throws IOException {
        StringBuilder table = new StringBuilder("| topic | visitors in it | keeps |\n|---|---|---|\n");
        for (TopicPolicy policy : TopicPolicy.all(WeirConfig.of(Map.of()))) {
            table.append(GeneratedTable.row("`" + policy.topic() + "`", policy.visitors(), policy.kept()));
        }
        GeneratedTable.check(GeneratedTable.page("docs/operations.md"), "topics", table.toString());
    }

    @Test
    void everyTopicOfTheTopologyHasAPolicy() {
        WeirConfig config = WeirConfig.of(Map.of("application.id", "shop", "topic.visits", "views"));
        Set<String> topics = new TreeSet<>();
        for (TopologyDescription.Subtopology part : topology(config).describe().subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Source source) {
                    source.topicSet().forEach(topic -> topics.add(internal(topic)));
                } else if (node instanceof TopologyDescription.Sink sink) {
                    topics.add(internal(sink.topic()));
                } else if (node instanceof TopologyDescription.Processor processor) {
                    processor.stores().forEach(store -> topics.add("shop-" + store + "-changelog"));
                }
            }
        }
        topics.add(config.retriesTopic());
        assertThat(policies(config).keySet()).isEqualTo(topics);
    }

    private static Topology topology(WeirConfig config) {
        EventReader reader = new EventReader(Map.of(), 0, VisitorNames.asTheyCome());
        return new WeirTopology(
                        config.pipelineSettings(1, Integer.MAX_VALUE),
                        () -> reader,
                        (topic, value) -> new byte[0],
                        partition -> 0,
                        new Listeners())
                .get();
    }

    private static String internal(String topic) {
        return topic.endsWith("-repartition") ? "shop-" + topic : topic;
    }

    private static Map<String, TopicPolicy> policies(WeirConfig config) {
        Map<String, TopicPolicy> policies = new TreeMap<>();
        TopicPolicy.all(config).forEach(policy -> policies.put(policy.topic(), policy));
        return policies;
    }

    @Test
    void operatorsMaySetHowLongRecordsAreKept() {
        Map<String, TopicPolicy> policies = policies(WeirConfig.of(Map.of(
                "topic.retention", "PT2H", "topic.refused.retention", "PT3H", "changelog.compaction.lag", "PT4H")));
        assertThat(policies.get("weir.clicks").configs()).containsEntry(TopicConfig.RETENTION_MS_CONFIG, "7200000");
        assertThat(policies.get("weir.windows").configs()).containsEntry(TopicConfig.RETENTION_MS_CONFIG, "7200000");
        assertThat(policies.get("weir.late-events").configs())
                .containsEntry(TopicConfig.RETENTION_MS_CONFIG, "10800000");
        assertThat(policies.get("weir.dead-letters").configs())
                .containsEntry(TopicConfig.RETENTION_MS_CONFIG, "10800000");
        assertThat(policies.get("weir-journeys-changelog").configs())
                .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact")
                .containsEntry(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, "14400000");
    }
}
