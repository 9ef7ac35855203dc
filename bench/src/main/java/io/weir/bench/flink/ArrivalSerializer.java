package io.weir.bench.flink;

import io.weir.bench.core.Arrival;
import io.weir.domain.EventType;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Records on their way to the thread that has their visitor. */
final class ArrivalSerializer extends BinarySerializer<Arrival> {
    private static final long serialVersionUID = 1;
    private static final EventType[] INPUTS = EventType.values();

    @Override
    public void serialize(Arrival arrival, DataOutputView target) throws IOException {
        target.writeByte(arrival.input().ordinal());
        writeBytes(arrival.key(), target);
        writeBytes(arrival.value(), target);
    }

    @Override
    public Arrival deserialize(DataInputView source) throws IOException {
        return new Arrival(INPUTS[source.readByte()], readBytes(source), readBytes(source));
    }

    @Override
    public TypeSerializerSnapshot<Arrival> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Tells Flink after a restart who wrote its state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Arrival> {
        public Snapshot() {
            super(ArrivalSerializer::new);
        }
    }
}
