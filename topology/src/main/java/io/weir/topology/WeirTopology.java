package io.weir.topology;

import io.weir.domain.EventType;
import io.weir.serde.EventReader;
import io.weir.topology.Outgoing.Publication;
import io.weir.topology.Outgoing.Refused;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The whole pipeline.
 *
 * <pre>
 * weir.clicks ─┐                         per partition              per dimension key
 * weir.visits ─┼─▶ journeys ──publications──▶ totals ──▶ weir.windows
 * weir.payments┤      └─▶ weir.late-events, weir.dead-letters
 * weir.forget ─┘
 * </pre>
 */
public final class WeirTopology implements Supplier<Topology> {
    private final PipelineSettings settings;
    private final Supplier<EventReader> readers;
    private final Serializer<SpecificRecord> results;
    private final InputProbe probe;
    private final FiguresListener listener;
    private final HeapShares onHeap;

    /**
     * @param readers makes a reader for each stream task; readers need not be thread-safe
     * @param results writes window results; shared by stream threads
     */
    public WeirTopology(
            PipelineSettings settings,
            Supplier<EventReader> readers,
            Serializer<SpecificRecord> results,
            InputProbe probe,
            FiguresListener listener) {
        this.settings = settings;
        this.readers = readers;
        this.results = results;
        this.probe = probe;
        this.listener = listener;
        this.onHeap = HeapShares.ofThisJvm(settings.inputPartitions());
    }

    @Override
    public Topology get() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(readTopics(), events())
                .process(new Journeys(), Named.as(Names.JOURNEYS))
                .split(Named.as("route-"))
                .branch(WeirTopology::isLate, Branched.withConsumer(this::writeLateEvents, "late-events"))
                .branch(WeirTopology::isRejected, Branched.withConsumer(this::writeDeadLetters, "dead-letters"))
                .defaultBranch(Branched.withConsumer(this::addUp, "publications"));
        return builder.build();
    }

    private void addUp(KStream<byte[], Outgoing> publications) {
        publications
                .mapValues(value -> (Publication) value, Named.as("to-publication"))
                .repartition(publications())
                .process(new Totals(), Named.as(Names.TOTALS))
                .to(settings.windowsTopic(), windowResults());
    }

    private void writeLateEvents(KStream<byte[], Outgoing> late) {
        write(late, Names.WRITE_LATE_EVENTS, settings.lateTopic());
    }

    private void writeDeadLetters(KStream<byte[], Outgoing> rejected) {
        write(rejected, Names.WRITE_DEAD_LETTERS, settings.deadLetterTopic());
    }

    private static void write(KStream<byte[], Outgoing> refused, String node, String topic) {
        refused.mapValues(value -> ((Refused) value).value(), Named.as("to-" + node))
                .to(topic, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(node));
    }

    private List<String> readTopics() {
        Stream<String> inputs = Stream.of(EventType.values()).map(settings::inputTopic);
        return Stream.concat(inputs, Stream.of(settings.forgetTopic())).toList();
    }

    private static boolean isLate(byte[] key, Outgoing value) {
        return value instanceof Refused refused && refused.late();
    }

    private static boolean isRejected(byte[] key, Outgoing value) {
        return value instanceof Refused refused && !refused.late();
    }

    private static Consumed<byte[], byte[]> events() {
        return Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor(new RecordTimestamps())
                .withName(Names.READ_EVENTS);
    }

    private static Repartitioned<byte[], Publication> publications() {
        return Repartitioned.with(Serdes.ByteArray(), new PublicationSerde())
                .withStreamPartitioner(new ByDimensionKey())
                .withName(Names.PUBLICATIONS);
    }

    private Produced<byte[], SpecificRecord> windowResults() {
        Serde<SpecificRecord> written = Serdes.serdeFrom(results, (topic, bytes) -> {
            throw new IllegalStateException("window results are only written");
        });
        return Produced.with(Serdes.ByteArray(), written).withName(Names.WRITE_WINDOWS);
    }

    private final class Journeys implements ProcessorSupplier<byte[], byte[], byte[], Outgoing> {

        @Override
        public Processor<byte[], byte[], byte[], Outgoing> get() {
            return new JourneysProcessor(settings, readers.get(), probe, listener, PartitionTotals.MOST_AGAIN);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(
                    new WriteBehindStoreBuilder<>(
                            Names.JOURNEYS_STORE,
                            () -> new Formats.Journeys(settings.rules(), settings.windowing()),
                            onHeap.journeys()),
                    new WriteBehindStoreBuilder<>(Names.CREDITS_STORE, Formats.Credits::new, onHeap.credits()),
                    new WriteBehindStoreBuilder<>(Names.PARTITION_TOTALS_STORE, Formats.Tallies::new, onHeap.rows()),
                    new WriteBehindStoreBuilder<>(Names.PARTITION_FACTS_STORE, Formats.Facts::new, 1),
                    new WriteBehindStoreBuilder<>(Names.PARTITION_PROGRESS_STORE, Formats.Progress::new, 1));
        }
    }

    private final class Totals implements ProcessorSupplier<byte[], Publication, byte[], SpecificRecord> {

        @Override
        public Processor<byte[], Publication, byte[], SpecificRecord> get() {
            return new TotalsProcessor(settings, probe, listener, new Pace(Pace.ROWS_AN_INTERVAL));
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(
                    new WriteBehindStoreBuilder<>(Names.TOTALS_STORE, Formats.TotalRows::new, onHeap.rows()),
                    new WriteBehindStoreBuilder<>(Names.COME_BACKS_STORE, Formats.ComeBackCounts::new, onHeap.rows()),
                    new WriteBehindStoreBuilder<>(Names.ROLLING_STORE, Formats.Rolling::new, onHeap.rows()),
                    new WriteBehindStoreBuilder<>(
                            Names.TOTALS_PROGRESS_STORE, Formats.Progress::new, settings.inputPartitions()));
        }
    }
}
