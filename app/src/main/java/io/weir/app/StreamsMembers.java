package io.weir.app;

import io.weir.app.api.Half;
import io.weir.app.api.Members;
import io.weir.app.api.Refusal;
import io.weir.app.pipeline.Pipeline;
import io.weir.topology.Names;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.state.HostInfo;

/** The instances as Kafka Streams knows them since the last rebalance. Thread-safe. */
final class StreamsMembers implements Members {
    private final Supplier<Pipeline> pipeline;

    /** @param pipeline throws while there is none */
    StreamsMembers(Supplier<Pipeline> pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public int partitions() {
        return pipeline.get().partitions();
    }

    @Override
    public HostInfo self() {
        return pipeline.get().advertised();
    }

    @Override
    public Set<HostInfo> all() {
        Set<HostInfo> hosts = new HashSet<>();
        clients().forEach(client -> hosts.add(client.hostInfo()));
        return hosts;
    }

    @Override
    public SortedMap<Integer, HostInfo> owners(Half half) {
        String topic = topic(half);
        SortedMap<Integer, HostInfo> owners = new TreeMap<>();
        for (StreamsMetadata client : clients()) {
            for (TopicPartition owned : client.topicPartitions()) {
                if (owned.topic().equals(topic)) {
                    owners.put(owned.partition(), client.hostInfo());
                }
            }
        }
        return owners;
    }

    private Collection<StreamsMetadata> clients() {
        try {
            return pipeline.get().streams().metadataForAllStreamsClients();
        } catch (IllegalStateException e) {
            throw Refusal.unavailable("the pipeline has stopped; ask again when it is back");
        }
    }

    /** A topic that this half reads. */
    private String topic(Half half) {
        return switch (half) {
            case JOURNEYS -> pipeline.get().inputTopic();
            case TOTALS -> pipeline.get().publicationsTopic();
        };
    }

    @Override
    public SortedSet<Integer> own(Half half) {
        int subtopology = switch (half) {
            case JOURNEYS -> Names.JOURNEYS_SUBTOPOLOGY;
            case TOTALS -> Names.TOTALS_SUBTOPOLOGY;
        };
        SortedSet<Integer> own = new TreeSet<>();
        for (ThreadMetadata thread : pipeline.get().streams().metadataForLocalThreads()) {
            for (TaskMetadata task : thread.activeTasks()) {
                if (task.taskId().subtopology() == subtopology) {
                    own.add(task.taskId().partition());
                }
            }
        }
        return own;
    }
}
