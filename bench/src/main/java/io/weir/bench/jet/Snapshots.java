package io.weir.bench.jet;

import io.weir.bench.core.WindowSums;
import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.WindowKey;
import io.weir.serde.WindowKeyFormat;
import java.nio.charset.StandardCharsets;

/** The form in which windows and sums stand in Jet's snapshots. */
final class Snapshots {
    private Snapshots() {}

    /** A text with a character for each byte. */
    static String key(WindowKey window) {
        BinaryWriter out = new BinaryWriter();
        WindowKeyFormat.write(window, out);
        return new String(out.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    static WindowKey window(String key) {
        return WindowKeyFormat.read(new BinaryReader(key.getBytes(StandardCharsets.ISO_8859_1)));
    }

    static byte[] bytes(long[] sums) {
        BinaryWriter out = new BinaryWriter();
        out.writeCount(sums.length);
        for (long sum : sums) {
            out.writeLong(sum);
        }
        return out.toByteArray();
    }

    static long[] sums(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        long[] sums = new long[(int) in.readCount()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = in.readLong();
        }
        if (sums.length < WindowSums.MEASURES) {
            throw new IllegalArgumentException("only " + sums.length + " measures");
        }
        return sums;
    }
}
