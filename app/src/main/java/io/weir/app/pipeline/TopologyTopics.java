package io.weir.app.pipeline;

import io.weir.app.config.WeirConfig;
import io.weir.serde.EventReader;
import io.weir.serde.VisitorNames;
import io.weir.topology.WeirTopology;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;

/**
 * The topics that the topology uses, by their full names.
 *
 * @param inputs it reads these
 * @param outputs it writes these
 * @param repartitions Kafka Streams makes, writes, reads and shortens these
 * @param changelogs Kafka Streams makes and writes these, and reads them to restore a store
 */
public record TopologyTopics(
        SortedSet<String> inputs,
        SortedSet<String> outputs,
        SortedSet<String> repartitions,
        SortedSet<String> changelogs) {

    /** Reads them off the topology. */
    public static TopologyTopics of(WeirConfig config) {
        SortedSet<String> read = new TreeSet<>();
        SortedSet<String> written = new TreeSet<>();
        SortedSet<String> changelogs = new TreeSet<>();
        for (TopologyDescription.Subtopology part : describe(config).subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Source source) {
                    read.addAll(source.topicSet());
                } else if (node instanceof TopologyDescription.Sink sink) {
                    written.add(sink.topic());
                } else if (node instanceof TopologyDescription.Processor processor) {
                    processor.stores().forEach(store -> changelogs.add(TopicPolicy.changelog(config, store)));
                }
            }
        }
        // What is both written and read is the topology's own; the description leaves its prefix out.
        SortedSet<String> own = new TreeSet<>(read);
        own.retainAll(written);
        read.removeAll(own);
        written.removeAll(own);
        SortedSet<String> repartitions = new TreeSet<>();
        own.forEach(topic -> repartitions.add(config.applicationId() + "-" + topic));
        return new TopologyTopics(read, written, repartitions, changelogs);
    }

    /** What Kafka Streams makes for itself: repartitions and changelogs. */
    public SortedSet<String> internal() {
        SortedSet<String> internal = new TreeSet<>(repartitions);
        internal.addAll(changelogs);
        return internal;
    }

    /** The topology as these settings shape it, to be looked at and not to be run. */
    public static TopologyDescription describe(WeirConfig config) {
        return new WeirTopology(
                        config.pipelineSettings(config.number("topic.partitions"), Integer.MAX_VALUE),
                        () -> new EventReader(Map.of(), 0, VisitorNames.asTheyCome()),
                        (topic, value) -> new byte[0],
                        partition -> 0,
                        new Listeners())
                .get()
                .describe();
    }
}
