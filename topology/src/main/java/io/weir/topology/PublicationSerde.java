package io.weir.topology;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.Tally;
import io.weir.domain.WindowKey;
import io.weir.serde.WindowKeyFormat;
import io.weir.topology.Outgoing.PartitionRow;
import io.weir.topology.Outgoing.Progressed;
import io.weir.topology.Outgoing.Publication;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** The binary form of publications on the internal topic between the two processors; stateless. */
final class PublicationSerde implements Serde<Publication> {
    private static final int ROW = 1;
    private static final int PROGRESS = 2;

    @Override
    public Serializer<Publication> serializer() {
        return (topic, publication) -> {
            BinaryWriter out = new BinaryWriter();
            write(publication, out);
            return out.toByteArray();
        };
    }

    @Override
    public Deserializer<Publication> deserializer() {
        return (topic, bytes) -> read(new BinaryReader(bytes));
    }

    private static void write(Publication publication, BinaryWriter out) {
        if (publication instanceof PartitionRow row) {
            out.writeByte(ROW);
            out.writeCount(row.partition());
            WindowKeyFormat.write(row.window(), out);
            new Tally(row.measures(), row.returns()).write(out);
        } else if (publication instanceof Progressed progressed) {
            out.writeByte(PROGRESS);
            progressed.progress().write(out);
        }
    }

    private static Publication read(BinaryReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case ROW -> {
                int partition = (int) in.readCount();
                WindowKey window = WindowKeyFormat.read(in);
                Tally tally = Tally.read(in);
                yield new PartitionRow(partition, window, tally.toMeasures(), tally.returns());
            }
            case PROGRESS -> new Progressed(PartitionProgress.read(in));
            default -> throw new IllegalArgumentException("no publication has the number " + kind);
        };
    }
}
