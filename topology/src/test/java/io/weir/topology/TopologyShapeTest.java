package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.oracle.OracleSettings;
import io.weir.serde.EventReader;
import io.weir.serde.VisitorNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

class TopologyShapeTest {

    static Topology topology() {
        PipelineSettings settings = PipelineDriver.settings(OracleSettings.DEFAULT, 512 * 1024);
        FiguresListener nobody = new NoListener();
        EventReader reader = new EventReader(Map.of(), 0, VisitorNames.asTheyCome());
        return new WeirTopology(settings, () -> reader, (topic, value) -> null, partition -> 0, nobody).get();
    }

    /** Names of stores, nodes and topics are where the state is: a change here loses it. */
    @Test
    void theTopologyIsTheOneThatStoredStateBelongsTo() throws IOException {
        try (var golden = getClass().getResourceAsStream("topology.txt")) {
            assertThat(golden)
                    .as("src/test/resources/io/weir/topology/topology.txt")
                    .isNotNull();
            String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(withSortedLists(topology().describe().toString())).isEqualTo(withSortedLists(expected));
        }
    }

    @Test
    void eachStoreIsInThePartOfTheTopologyThatItIsLookedUpIn() {
        Map<Integer, Set<String>> stores = new HashMap<>();
        for (TopologyDescription.Subtopology part : topology().describe().subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Processor processor) {
                    stores.computeIfAbsent(part.id(), none -> new TreeSet<>()).addAll(processor.stores());
                }
            }
        }
        assertThat(stores.get(Names.JOURNEYS_SUBTOPOLOGY)).contains(Names.JOURNEYS_STORE, Names.CREDITS_STORE);
        assertThat(stores.get(Names.TOTALS_SUBTOPOLOGY)).contains(Names.TOTALS_STORE);
    }

    private static String withSortedLists(String description) {
        return Pattern.compile("\\[([^\\]]*)\\]")
                .matcher(description.strip())
                .replaceAll(list ->
                        Stream.of(list.group(1).split(", ")).sorted().toList().toString());
    }

    /**
     * WriteBehindStore relies on three habits of Kafka Streams: ProcessorStateManager calls flushCache on every store
     * that is a CachedStateStore before each commit, StreamTask does so in prepareCommit whoever asked for the commit,
     * and a task that is closed dirty or recycled has its stores initialised anew. Look at all three, run the kill test,
     * and only then change the version here.
     */
    @Test
    void kafkaStreamsIsTheVersionThatWriteBehindWasCheckedAgainst() {
        assertThat(AppInfoParser.getVersion()).isEqualTo("4.3.1");
    }
}
