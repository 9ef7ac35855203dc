package io.weir.topology;

import io.weir.topology.CrashPoints.Place;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** What a processor of the simulation sees of Kafka Streams; keeps what it forwards. */
final class SimulatedContext<K, V> implements ProcessorContext<K, V> {
    private final TaskId taskId;
    private final LongSupplier wallClock;
    private final CrashPoints points;
    private final Map<String, StateStore> stores = new HashMap<>();
    private final List<Record<K, V>> forwarded;
    private final List<Punctuator> scheduled = new ArrayList<>();
    private @Nullable RecordMetadata origin;

    /** @param forwarded gets all records that the processor forwards */
    SimulatedContext(TaskId taskId, LongSupplier wallClock, CrashPoints points, List<Record<K, V>> forwarded) {
        this.taskId = taskId;
        this.wallClock = wallClock;
        this.points = points;
        this.forwarded = forwarded;
    }

    void add(StateStore store) {
        stores.put(store.name(), store);
    }

    void setOrigin(RecordMetadata metadata) {
        origin = metadata;
    }

    /** Calls all that is scheduled and was not cancelled. */
    void punctuate() {
        List.copyOf(scheduled).forEach(punctuator -> punctuator.punctuate(wallClock.getAsLong()));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <L extends K, W extends V> void forward(Record<L, W> message) {
        points.reach(Place.FORWARD);
        forwarded.add((Record<K, V>) (Record<?, ?>) message);
    }

    @Override
    public <L extends K, W extends V> void forward(Record<L, W> message, String child) {
        throw new UnsupportedOperationException();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S extends StateStore> S getStateStore(String name) {
        return (S) Objects.requireNonNull(stores.get(name), name);
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator punctuator) {
        scheduled.add(punctuator);
        return () -> scheduled.remove(punctuator);
    }

    @Override
    public Cancellable schedule(Instant start, Duration interval, PunctuationType type, Punctuator punctuator) {
        return schedule(interval, type, punctuator);
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return Optional.ofNullable(origin);
    }

    @Override
    public TaskId taskId() {
        return taskId;
    }

    @Override
    public long currentSystemTimeMs() {
        return wallClock.getAsLong();
    }

    @Override
    public long currentStreamTimeMs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String applicationId() {
        return "simulation";
    }

    @Override
    public Serde<?> keySerde() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Serde<?> valueSerde() {
        throw new UnsupportedOperationException();
    }

    @Override
    public File stateDir() {
        throw new UnsupportedOperationException();
    }

    @Override
    public StreamsMetrics metrics() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void commit() {}

    @Override
    public Map<String, Object> appConfigs() {
        return Map.of();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        return Map.of();
    }
}
