package io.weir.serde;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.DimensionKey;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;

/** The binary form of window keys. Its byte order is: size, then start, then dimension key; a window is a range. */
public final class WindowKeyFormat {
    private static final WindowSize[] SIZES = WindowSize.values();

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

    /** No window of this size that starts at or after {@code startMs} is before these bytes, and all others are. */
    public static byte[] lowerBound(WindowSize size, long startMs) {
        BinaryWriter out = new BinaryWriter();
        out.writeByte(size.ordinal());
        out.writeOrdered(startMs);
        return out.toByteArray();
    }
}
