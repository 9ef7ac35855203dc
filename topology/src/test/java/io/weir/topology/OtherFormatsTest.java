package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.domain.Journey;
import io.weir.domain.StoredFormatException;
import io.weir.oracle.OracleSettings;
import io.weir.serde.CreditFormat;
import io.weir.serde.EventReader;
import io.weir.serde.VisitorNames;
import io.weir.topology.StoredSamples.Sample;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * State that another version has written is refused by the number that its format has, and never taken for something
 * else. The stores whose values have none are only used by a task that has read the progress beside them, which has one.
 */
class OtherFormatsTest {
    private static final int OTHER_FORMAT = 77;

    /** Nothing begins so that can be read: neither a number, a count, a text nor a flag. */
    private static final byte[] UNREADABLE = unreadable();

    /** Both read progress as the three versions before wrote it, too. */
    private static final Map<String, Set<Integer>> READ_BESIDES =
            Map.of(Names.PARTITION_PROGRESS_STORE, Set.of(2, 3, 4), Names.TOTALS_PROGRESS_STORE, Set.of(2, 3, 4));

    @TempDir
    private File stateDir;

    private static byte[] unreadable() {
        byte[] bytes = new byte[11];
        Arrays.fill(bytes, (byte) 0xFF);
        return bytes;
    }

    private static Map<String, Sample<?, ?>> byStore(boolean ownNumber) {
        Map<String, Sample<?, ?>> samples = new TreeMap<>();
        StoredSamples.all().stream()
                .filter(sample -> sample.ownNumber() == ownNumber)
                .forEach(sample -> samples.put(sample.store(), sample));
        return samples;
    }

    /** The stores of each part of the topology. */
    private static List<Set<String>> storesThatGoTogether() {
        List<Set<String>> parts = new ArrayList<>();
        for (TopologyDescription.Subtopology part :
                TopologyShapeTest.topology().describe().subtopologies()) {
            Set<String> stores = new TreeSet<>();
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Processor processor) {
                    stores.addAll(processor.stores());
                }
            }
            parts.add(stores);
        }
        return parts;
    }

    private static byte[] inFormat(int format, byte[] value) {
        byte[] other = value.clone();
        other[0] = (byte) format;
        return other;
    }

    @Test
    void everyStoreIsLookedAt() {
        Set<String> stores =
                storesThatGoTogether().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
        assertThat(StoredSamples.all().stream().map(Sample::store).collect(Collectors.toSet()))
                .isEqualTo(stores);
        assertThat(byStore(true))
                .containsOnlyKeys(
                        Names.JOURNEYS_STORE,
                        Names.CREDITS_STORE,
                        Names.PARTITION_PROGRESS_STORE,
                        Names.TOTALS_STORE,
                        Names.TOTALS_PROGRESS_STORE);
    }

    @Test
    void aValueInAnotherFormatIsRefusedAndBothAreNamed() {
        byStore(true).values().forEach(OtherFormatsTest::assertRefused);
    }

    private static <K, V> void assertRefused(Sample<K, V> sample) {
        byte[] value = sample.valueBytes();
        int own = value[0];
        Set<Integer> before = READ_BESIDES.getOrDefault(sample.store(), Set.of());
        IntStream.range(0, 256)
                .filter(format -> format != own && !before.contains(format))
                .forEach(format -> assertThatThrownBy(
                                () -> sample.format().valueFromBytes(sample.key(), inFormat(format, value)))
                        .as("%s in format %d", sample, format)
                        .isInstanceOf(StoredFormatException.class)
                        .hasMessageEndingWith(" is stored in format " + format + ", this version reads format " + own));
    }

    /** The sweeps read only when a journey or a credit was. */
    @Test
    void theTimeOfAValueInAnotherFormatIsRefusedToo() {
        byte[] journey =
                inFormat(OTHER_FORMAT, byStore(true).get(Names.JOURNEYS_STORE).valueBytes());
        byte[] credit =
                inFormat(OTHER_FORMAT, byStore(true).get(Names.CREDITS_STORE).valueBytes());
        assertThatThrownBy(() -> Journey.lastTimeMs(journey)).isInstanceOf(StoredFormatException.class);
        assertThatThrownBy(() -> CreditFormat.timeMs(credit)).isInstanceOf(StoredFormatException.class);
    }

    @Test
    void storesWithoutAFormatsNumberLieBesideProgressThatHasOne() {
        for (String store : byStore(false).keySet()) {
            assertThat(storesThatGoTogether())
                    .filteredOn(stores -> stores.contains(store))
                    .as(store)
                    .singleElement()
                    .satisfies(stores -> assertThat(stores)
                            .containsAnyOf(Names.PARTITION_PROGRESS_STORE, Names.TOTALS_PROGRESS_STORE));
        }
    }

    @Test
    void aTaskIsRefusedForItsProgressBeforeItReadsStoresWithoutAFormatsNumber() {
        PipelineSettings settings = PipelineDriver.settings(OracleSettings.DEFAULT, 512 * 1024);
        JourneysProcessor journeys = new JourneysProcessor(
                settings,
                new EventReader(Map.of(), 100, VisitorNames.asTheyCome()),
                partition -> InputProbe.UNKNOWN,
                new NoListener(),
                PartitionTotals.MOST_AGAIN);
        TotalsProcessor totals = new TotalsProcessor(
                settings, partition -> InputProbe.UNKNOWN, new NoListener(), new Pace(Pace.ROWS_AN_INTERVAL));

        assertThatThrownBy(() -> journeys.init(context(Names.PARTITION_PROGRESS_STORE)))
                .isInstanceOf(StoredFormatException.class)
                .hasMessageContaining("progress is stored in format " + OTHER_FORMAT);
        assertThatThrownBy(() -> totals.init(context(Names.TOTALS_PROGRESS_STORE)))
                .isInstanceOf(StoredFormatException.class)
                .hasMessageContaining("progress is stored in format " + OTHER_FORMAT);
    }

    /** All stores, with progress in another format and nothing readable where there is no format's number. */
    private <V> MockProcessorContext<byte[], V> context(String progressStore) {
        MockProcessorContext<byte[], V> context =
                new MockProcessorContext<>(new Properties(), new TaskId(0, 0), stateDir);
        context.setCurrentSystemTimeMs(0);
        StoredSamples.all().stream()
                .collect(Collectors.toMap(Sample::store, sample -> sample, (first, second) -> first))
                .forEach((name, sample) -> context.addStateStore(store(sample, name.equals(progressStore))));
        return context;
    }

    private static <K, V> WriteBehindStore<K, V> store(Sample<K, V> sample, boolean inAnotherFormat) {
        KeyValueStore<Bytes, byte[]> bytes =
                Stores.inMemoryKeyValueStore(sample.store()).get();
        Bytes thisPartition = Bytes.wrap(new Formats.Progress().keyToBytes(0));
        if (inAnotherFormat) {
            bytes.put(thisPartition, inFormat(OTHER_FORMAT, sample.valueBytes()));
        } else if (sample.store().equals(Names.PARTITION_FACTS_STORE)) {
            bytes.put(thisPartition, UNREADABLE);
        } else if (!sample.ownNumber()) {
            bytes.put(Bytes.wrap(sample.keyBytes()), UNREADABLE);
        }
        return new WriteBehindStore<>(bytes, sample.format(), 3);
    }
}
