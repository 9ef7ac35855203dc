package io.weir.topology;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.Measures;
import io.weir.domain.Returns;
import io.weir.domain.StoredFormatException;
import io.weir.domain.Tally;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each partition said last about one window and dimension key. Every visitor lives in exactly one partition, so
 * every measure, distinct visitors and buyers included, is the plain sum.
 */
final class TotalRow {
    private static final int FORMAT = 2;
    private static final int FINAL = 1;
    private static final int DUE = 2;

    private record Part(Measures measures, Returns returns) {}

    private static final Part NOTHING = new Part(Measures.ZERO, new Returns());

    private final Map<Integer, Part> byPartition = new TreeMap<>();
    private Measures sum = Measures.ZERO;
    private long revision = 0;
    private boolean isFinal = false;
    private boolean isDue = false;

    /**
     * Replaces what the partition said before; false if its measures are the same.
     *
     * @param returned gets what has changed among those who had been there before
     */
    boolean replace(int partition, Measures measures, Returns returns, Returns returned) {
        Part before = byPartition.getOrDefault(partition, NOTHING);
        byPartition.put(partition, new Part(measures, returns));
        returned.add(returns, 1);
        returned.add(before.returns, -1);
        boolean changed = !measures.equals(before.measures);
        if (changed) {
            sum = sum.minus(before.measures).plus(measures);
        }
        return changed;
    }

    Measures sum() {
        return sum;
    }

    /** Who had been there before, in a row of a minute. */
    Returns returns() {
        Returns sum = new Returns();
        byPartition.values().forEach(part -> sum.add(part.returns, 1));
        return sum;
    }

    /** Counts up with each result that is sent; the number of the next one while that is due. */
    long revision() {
        return revision;
    }

    /** It has changed and is to be sent; false if it was to be sent already. */
    boolean becomeDue() {
        if (isDue) {
            return false;
        }
        isDue = true;
        revision++;
        return true;
    }

    /** It has changed since it was last sent. */
    boolean isDue() {
        return isDue;
    }

    void markSent() {
        isDue = false;
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
        out.writeByte((isFinal ? FINAL : 0) | (isDue ? DUE : 0));
        out.writeCount(byPartition.size());
        byPartition.forEach((partition, part) -> {
            out.writeCount(partition);
            new Tally(part.measures, part.returns).write(out);
        });
    }

    static TotalRow read(BinaryReader in) {
        int format = in.readByte();
        if (format != FORMAT) {
            throw new StoredFormatException("the row", format, FORMAT);
        }
        TotalRow row = new TotalRow();
        row.revision = in.readCount();
        int flags = in.readByte();
        row.isFinal = (flags & FINAL) != 0;
        row.isDue = (flags & DUE) != 0;
        for (int left = in.readSize(); left > 0; left--) {
            int partition = (int) in.readCount();
            Tally tally = Tally.read(in);
            Measures measures = tally.toMeasures();
            row.byPartition.put(partition, new Part(measures, tally.returns()));
            row.sum = row.sum.plus(measures);
        }
        return row;
    }
}
