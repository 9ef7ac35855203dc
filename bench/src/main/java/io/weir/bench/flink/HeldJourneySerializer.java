package io.weir.bench.flink;

import io.weir.bench.core.HeldJourney;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Journeys as state, in the form that Weir stores them in. */
final class HeldJourneySerializer extends BinarySerializer<HeldJourney> {
    private static final long serialVersionUID = 1;

    @Override
    public boolean isImmutableType() {
        return false;
    }

    /** Flink asks for a copy before it hands out what a snapshot is still being written from. */
    @Override
    public HeldJourney copy(HeldJourney from) {
        return from.forChange();
    }

    @Override
    public void serialize(HeldJourney journey, DataOutputView target) throws IOException {
        writeBytes(journey.toBytes(), target);
    }

    @Override
    public HeldJourney deserialize(DataInputView source) throws IOException {
        return HeldJourney.of(readBytes(source));
    }

    @Override
    public TypeSerializerSnapshot<HeldJourney> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Tells Flink after a restart who wrote its state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<HeldJourney> {
        public Snapshot() {
            super(HeldJourneySerializer::new);
        }
    }
}
