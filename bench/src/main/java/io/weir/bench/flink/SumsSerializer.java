package io.weir.bench.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Rows of sums, most of them small: each number in zigzag and LEB128. */
final class SumsSerializer extends BinarySerializer<long[]> {
    private static final long serialVersionUID = 1;

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public long[] copy(long[] from) {
        return from.clone();
    }

    @Override
    public void serialize(long[] sums, DataOutputView target) throws IOException {
        target.writeByte(sums.length);
        for (long sum : sums) {
            long rest = (sum << 1) ^ (sum >> 63);
            while ((rest & ~0x7FL) != 0) {
                target.writeByte((int) rest | 0x80);
                rest >>>= 7;
            }
            target.writeByte((int) rest);
        }
    }

    @Override
    public long[] deserialize(DataInputView source) throws IOException {
        long[] sums = new long[source.readByte()];
        for (int i = 0; i < sums.length; i++) {
            long raw = 0;
            int next = 0x80;
            for (int shift = 0; (next & 0x80) != 0; shift += 7) {
                next = source.readByte();
                raw |= (long) (next & 0x7F) << shift;
            }
            sums[i] = (raw >>> 1) ^ -(raw & 1);
        }
        return sums;
    }

    @Override
    public TypeSerializerSnapshot<long[]> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Tells Flink after a restart who wrote its state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<long[]> {
        public Snapshot() {
            super(SumsSerializer::new);
        }
    }
}
