package io.weir.bench.streams;

import io.weir.bench.Job;
import io.weir.bench.core.ResultRows;
import io.weir.domain.Click;
import io.weir.domain.DimensionKey;
import io.weir.domain.Event;
import io.weir.domain.EventType;
import io.weir.domain.Payment;
import io.weir.domain.Rules;
import io.weir.domain.Visit;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Visits joined with the visitor's recent clicks, payments joined with the visitor's touches, what each event adds
 * regrouped by dimension key and aggregated in windows.
 *
 * <p>The joins are with tables: a join of two streams would yield each pair and not the last touch. Tables whose every
 * change counts are not cached.
 */
final class DslTopology {
    /**
     * Behind the repartition an event is late by what its partition has seen of any visitor, so grace has to bear how far
     * the inputs' partitions are read apart.
     */
    private static final Duration GRACE = Duration.ofDays(7);

    private static final List<WindowSize> SIZES = List.of(WindowSize.values());

    private final Job job;
    private final Rules rules;
    private final ThreadLocal<Windowing> windowing;
    private final ThreadLocal<ResultRows> rows;

    /** Facts on their way to the windows, and events that have not yet gone all their way; for any thread. */
    private final LongAdder eventsDone = new LongAdder();

    private final LongAdder factsMade = new LongAdder();
    private final LongAdder factsAdded = new LongAdder();

    DslTopology(Job job) {
        this.job = job;
        this.rules = job.rules();
        this.windowing = ThreadLocal.withInitial(job::windowing);
        this.rows = ThreadLocal.withInitial(() -> new ResultRows(job));
    }

    /** Whether every event of the job has been added up. */
    boolean isDone() {
        // In this order: what an event makes is counted before the event.
        return eventsDone.sum() == job.events() && factsAdded.sum() == factsMade.sum();
    }

    Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, byte[]> clickRecords = input(builder, EventType.CLICK);
        KStream<String, byte[]> visitRecords = input(builder, EventType.VISIT);
        KStream<String, byte[]> paymentRecords = input(builder, EventType.PAYMENT);
        KStream<String, Click> clicks = clickRecords.flatMapValues(new Events<>(job, EventType.CLICK, Click.class));
        KStream<String, Visit> visits = visitRecords.flatMapValues(new Events<>(job, EventType.VISIT, Visit.class));
        KStream<String, Payment> payments =
                paymentRecords.flatMapValues(new Events<>(job, EventType.PAYMENT, Payment.class));

        KTable<String, RecentClicks> recentClicks = clicks.groupByKey()
                .aggregate(
                        RecentClicks::none,
                        (visitor, click, recent) -> recent.with(click, rules),
                        store("recent-clicks", RecentClicks.SERDE));
        KStream<String, ResolvedVisit> resolved =
                visits.leftJoin(recentClicks, (visit, recent) -> RecentClicks.resolve(visit, recent, rules));
        KTable<String, Touches> touches = clicks.mapValues(DslTopology::touch)
                .merge(resolved.mapValues(DslTopology::touch))
                .groupByKey()
                .aggregate(
                        Touches::none,
                        (visitor, touch, known) -> known.with(touch, rules),
                        store("touches", Touches.SERDE));
        KStream<String, CreditedPayment> credited =
                payments.leftJoin(touches, (payment, known) -> Touches.credit(payment, known, rules));

        KStream<String, Fact> facts = clicks.flatMapValues(Fact::click)
                .merge(landings(resolved))
                .merge(visitFacts(resolved))
                .merge(paymentFacts(credited));
        addUp(facts.peek((visitor, fact) -> factsMade.increment())
                .selectKey((visitor, fact) -> fact.key())
                .groupByKey(Grouped.with("facts", Fact.KEYS, Fact.SERDE)));
        for (KStream<String, byte[]> records : List.of(clickRecords, visitRecords, paymentRecords)) {
            records.foreach((visitor, bytes) -> eventsDone.increment());
        }
        return builder.build();
    }

    private KStream<String, byte[]> input(StreamsBuilder builder, EventType input) {
        return builder.stream(job.topic(input), Consumed.with(Serdes.String(), Serdes.ByteArray()));
    }

    private static Touches.Touch touch(Event event) {
        Click click = (Click) event;
        return new Touches.Touch(click.productId(), click.source(), click.campaignId(), click.timeMs(), false);
    }

    private static Touches.Touch touch(ResolvedVisit visit) {
        return new Touches.Touch(visit.productId(), visit.source(), visit.campaignId(), visit.timeMs(), true);
    }

    private KStream<String, Fact> landings(KStream<String, ResolvedVisit> resolved) {
        return resolved.filter((visitor, visit) -> visit.click() != null)
                .groupByKey()
                .aggregate(
                        Landings::none,
                        (visitor, visit, known) -> known.with(visit, rules),
                        store("landings", Landings.SERDE).withCachingDisabled())
                .toStream()
                .flatMapValues(known -> known.latest() == null ? List.of() : Fact.landing(known.latest()));
    }

    private KStream<String, Fact> visitFacts(KStream<String, ResolvedVisit> resolved) {
        return resolved.groupByKey()
                .aggregate(
                        LastSeen::never,
                        (visitor, visit, seen) -> seen.withVisit(visit, windowing.get()),
                        store("visitors", LastSeen.SERDE).withCachingDisabled())
                .toStream()
                .flatMapValues(LastSeen::latest);
    }

    private KStream<String, Fact> paymentFacts(KStream<String, CreditedPayment> credited) {
        return credited.groupByKey()
                .aggregate(
                        LastSeen::never,
                        (visitor, payment, seen) -> seen.withPayment(payment, windowing.get()),
                        store("buyers", LastSeen.SERDE).withCachingDisabled())
                .toStream()
                .flatMapValues(LastSeen::latest);
    }

    private static <V> Materialized<String, V, KeyValueStore<Bytes, byte[]>> store(String name, Serde<V> values) {
        return Materialized.<String, V, KeyValueStore<Bytes, byte[]>>as(name)
                .withKeySerde(Serdes.String())
                .withValueSerde(values);
    }

    private void addUp(KGroupedStream<DimensionKey, Fact> facts) {
        for (WindowSize size : SIZES) {
            facts.windowedBy(TimeWindows.ofSizeAndGrace(length(size), GRACE))
                    .aggregate(
                            Fact::noSums,
                            (key, fact, sums) -> add(fact, sums, size),
                            Materialized.<DimensionKey, long[], WindowStore<Bytes, byte[]>>as("windows-" + size.label())
                                    .withKeySerde(Fact.KEYS)
                                    .withValueSerde(Fact.SUMS)
                                    .withRetention(length(size).plus(GRACE)))
                    .toStream()
                    .map((window, sums) -> row(window, sums, size))
                    .to(job.outputTopic(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        }
    }

    private long[] add(Fact fact, long[] sums, WindowSize size) {
        if (size == SIZES.get(SIZES.size() - 1)) {
            factsAdded.increment();
        }
        return fact.addTo(sums, size);
    }

    /** Days are taken as 24 hours from midnight UTC: the DSL has no calendar. */
    private static Duration length(WindowSize size) {
        return switch (size) {
            case MINUTE -> Duration.ofMinutes(1);
            case HOUR -> Duration.ofHours(1);
            case DAY -> Duration.ofDays(1);
        };
    }

    private KeyValue<byte[], byte[]> row(Windowed<DimensionKey> window, long[] sums, WindowSize size) {
        WindowKey key = new WindowKey(size, window.window().start(), window.key());
        ResultRows writer = rows.get();
        return KeyValue.pair(writer.key(key), writer.value(key, sums, 0, false, Long.MIN_VALUE));
    }
}
