package io.weir.topology;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.Measures;
import io.weir.domain.SeenBefore;
import io.weir.domain.StoredFormatException;
import io.weir.domain.WindowKey;
import io.weir.domain.Windowing;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What each partition said last about one window and dimension key. Every visitor lives in exactly one partition, so
 * every measure, distinct visitors and buyers included, is the plain sum.
 */
final class TotalRow {
    private static final int FORMAT = 2;
    private static final int FINAL = 1;
    private static final int DUE = 2;

    private record Part(int partition, Measures measures, SeenBefore seenBefore) {}

    /** An array, since there are so many rows, and most have one or a few. */
    private Part[] parts = {};

    private Measures sum = Measures.ZERO;
    private long revision = 0;
    private boolean isFinal = false;
    private boolean isDue = false;

    /**
     * Replaces what the partition said before; false if its measures are the same.
     *
     * @param returned gets what has changed among those who had been there before
     */
    boolean replace(int partition, Measures measures, SeenBefore seenBefore, SeenBefore returned) {
        Part before = put(new Part(partition, measures, seenBefore));
        returned.add(seenBefore, 1);
        if (before == null) {
            sum = parts.length == 1 ? measures : sum.plus(measures);
            return !measures.isZero();
        }
        returned.add(before.seenBefore, -1);
        boolean changed = !measures.equals(before.measures);
        if (changed) {
            sum = sum.minus(before.measures).plus(measures);
        }
        return changed;
    }

    /** Returns the part that this one replaces, null if it is the first of its partition. */
    private @Nullable Part put(Part part) {
        for (int i = 0; i < parts.length; i++) {
            Part before = parts[i];
            if (before.partition == part.partition) {
                parts[i] = part;
                return before;
            }
        }
        parts = Arrays.copyOf(parts, parts.length + 1);
        parts[parts.length - 1] = part;
        return null;
    }

    Measures sum() {
        return sum;
    }

    /** Who had been there before, in a row of a minute. */
    SeenBefore seenBefore() {
        SeenBefore sum = new SeenBefore();
        for (Part part : parts) {
            sum.add(part.seenBefore, 1);
        }
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

    /** What is told of it. @param windowing says when the window ends */
    WindowRow toWindowRow(WindowKey key, Windowing windowing) {
        return WindowRow.of(key, windowing, sum, revision, isFinal);
    }

    void write(BinaryWriter out) {
        out.writeByte(FORMAT);
        out.writeCount(revision);
        out.writeByte((isFinal ? FINAL : 0) | (isDue ? DUE : 0));
        out.writeCount(parts.length);
        for (Part part : parts) {
            out.writeCount(part.partition);
            part.measures.write(out);
            part.seenBefore.write(out);
        }
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
        row.parts = new Part[in.readSize()];
        for (int i = 0; i < row.parts.length; i++) {
            Part part = new Part((int) in.readCount(), Measures.read(in), SeenBefore.read(in));
            row.parts[i] = part;
            row.sum = i == 0 ? part.measures : row.sum.plus(part.measures);
        }
        return row;
    }
}
