package io.weir.topology;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.Measures;
import io.weir.domain.Tally;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each partition said last about one window and dimension key. Every visitor lives in exactly one partition, so
 * every measure, distinct visitors and buyers included, is the plain sum.
 */
final class TotalRow {
    private static final int FORMAT = 1;

    private final Map<Integer, Measures> byPartition = new TreeMap<>();
    private long revision = 0;
    private boolean isFinal = false;

    /** Replaces what the partition said before; false if it said the same. */
    boolean replace(int partition, Measures measures) {
        return !measures.equals(byPartition.put(partition, measures));
    }

    Measures sum() {
        Measures sum = Measures.ZERO;
        for (Measures measures : byPartition.values()) {
            sum = sum.plus(measures);
        }
        return sum;
    }

    long revision() {
        return revision;
    }

    void nextRevision() {
        revision++;
    }

    boolean isFinal() {
        return isFinal;
    }

    void markFinal() {
        isFinal = true;
    }

    void write(BinaryWriter out) {
        out.writeByte(FORMAT);
        out.writeCount(revision);
        out.writeByte(isFinal ? 1 : 0);
        out.writeCount(byPartition.size());
        byPartition.forEach((partition, measures) -> {
            out.writeCount(partition);
            new Tally(measures).write(out);
        });
    }

    static TotalRow read(BinaryReader in) {
        int format = in.readByte();
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "the row is stored in format " + format + ", this version reads format " + FORMAT);
        }
        TotalRow row = new TotalRow();
        row.revision = in.readCount();
        row.isFinal = in.readByte() == 1;
        for (int left = in.readSize(); left > 0; left--) {
            row.byPartition.put((int) in.readCount(), Tally.read(in).toMeasures());
        }
        return row;
    }
}
