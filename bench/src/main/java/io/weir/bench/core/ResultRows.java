package io.weir.bench.core;

import io.weir.bench.Job;
import io.weir.domain.Measures;
import io.weir.domain.WindowKey;
import io.weir.domain.Windowing;
import io.weir.serde.DimensionKeyText;
import io.weir.topology.WindowResults;
import io.weir.topology.WindowRow;
import java.util.Arrays;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Rows of the output topic, byte for byte as Weir writes them. For one thread. */
public final class ResultRows {
    private final String topic;
    private final Windowing windowing;
    private final Serializer<SpecificRecord> serializer;

    public ResultRows(Job job) {
        this.topic = job.outputTopic();
        this.windowing = job.windowing();
        this.serializer = job.resultSerializer();
    }

    /** The first instant after the window. */
    public long endMs(WindowKey window) {
        return windowing.endMs(window.size(), window.startMs());
    }

    public byte[] key(WindowKey window) {
        return DimensionKeyText.toBytes(window.key());
    }

    /** @param sums as in {@link WindowSums}, whatever follows in the array */
    public byte[] value(WindowKey window, long[] sums, long revision, boolean isFinal, long watermarkMs) {
        Measures measures =
                Measures.of(sums.length == WindowSums.MEASURES ? sums : Arrays.copyOf(sums, WindowSums.MEASURES));
        WindowRow row = WindowRow.of(window, windowing, measures, revision, isFinal);
        return serializer.serialize(topic, WindowResults.of(row, watermarkMs));
    }
}
