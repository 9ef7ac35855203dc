package io.weir.serde;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.DimensionKey;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;

/** The binary form of window keys. Its byte order is: size, then start, then dimension key; a window is a range. */
public final class WindowKeyFormat {
    private static final WindowSize[] SIZES = WindowSize.values();

    /** How many numbers there are for each size. */
    private static final long GROUPS = 1L << 61;

    private WindowKeyFormat() {}

    public static void write(WindowKey key, BinaryWriter out) {
        out.writeByte(key.size().ordinal());
        out.writeOrdered(key.startMs());
        key.key().write(out);
    }

    public static WindowKey read(BinaryReader in) {
        int ordinal = in.readByte();
        if (ordinal >= SIZES.length) {
            throw new IllegalArgumentException("no window size has the number " + ordinal);
        }
        return new WindowKey(SIZES[ordinal], in.readOrdered(), DimensionKey.read(in));
    }

    /**
     * A number for the windows of this size that start then. Windows with a lower number have lower bytes.
     *
     * @param startMs event time; what is farther from 1970 than 36 million years is taken for that
     */
    public static long group(WindowSize size, long startMs) {
        return size.ordinal() * GROUPS + Math.max(-GROUPS / 2, Math.min(GROUPS / 2 - 1, startMs));
    }

    /** No window of this group or a higher one is before these bytes, and all others are. */
    public static byte[] lowerBound(long group) {
        long ordinal = Math.floorDiv(group + GROUPS / 2, GROUPS);
        BinaryWriter out = new BinaryWriter();
        out.writeByte((int) ordinal);
        out.writeOrdered(group - ordinal * GROUPS);
        return out.toByteArray();
    }
}
