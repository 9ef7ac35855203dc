package io.weir.bench.flink;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Windows with their dimension key, as keys of state and in front of sums. */
final class WindowKeySerializer extends BinarySerializer<WindowKey> {
    private static final long serialVersionUID = 1;
    private static final WindowSize[] SIZES = WindowSize.values();
    private static final Dimension[] DIMENSIONS = Dimension.values();

    @Override
    public void serialize(WindowKey window, DataOutputView target) throws IOException {
        DimensionKey key = window.key();
        target.writeByte(window.size().ordinal());
        target.writeByte(key.dimension().ordinal());
        target.writeLong(window.startMs());
        StringValue.writeString(key.productId(), target);
        StringValue.writeString(key.source(), target);
        StringValue.writeString(key.campaignId(), target);
    }

    @Override
    public WindowKey deserialize(DataInputView source) throws IOException {
        WindowSize size = SIZES[source.readByte()];
        Dimension dimension = DIMENSIONS[source.readByte()];
        long startMs = source.readLong();
        DimensionKey key = DimensionKey.of(
                dimension,
                StringValue.readString(source),
                StringValue.readString(source),
                StringValue.readString(source));
        return new WindowKey(size, startMs, key);
    }

    @Override
    public TypeSerializerSnapshot<WindowKey> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Tells Flink after a restart who wrote its state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<WindowKey> {
        public Snapshot() {
            super(WindowKeySerializer::new);
        }
    }
}
