package io.weir.bench.flink;

import io.weir.domain.WindowKey;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What one thread's visitors have added to a window and dimension key since it last said so. */
record PartialSums(WindowKey window, long[] sums) {

    /** Sums on their way to the thread that has the window. */
    static final class Serializer extends BinarySerializer<PartialSums> {
        private static final long serialVersionUID = 1;
        private static final WindowKeySerializer WINDOWS = new WindowKeySerializer();
        private static final SumsSerializer SUMS = new SumsSerializer();

        @Override
        public void serialize(PartialSums partial, DataOutputView target) throws IOException {
            WINDOWS.serialize(partial.window, target);
            SUMS.serialize(partial.sums, target);
        }

        @Override
        public PartialSums deserialize(DataInputView source) throws IOException {
            return new PartialSums(WINDOWS.deserialize(source), SUMS.deserialize(source));
        }

        @Override
        public TypeSerializerSnapshot<PartialSums> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** Tells Flink after a restart who wrote its state. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<PartialSums> {
        public Snapshot() {
            super(Serializer::new);
        }
    }
}
