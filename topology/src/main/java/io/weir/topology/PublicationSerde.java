package io.weir.topology;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.topology.Outgoing.PartitionRows;
import io.weir.topology.Outgoing.Progressed;
import io.weir.topology.Outgoing.Publication;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** The binary form of publications on the internal topic between the two processors; stateless. */
final class PublicationSerde implements Serde<Publication> {
    /** A single row, as the version before wrote it; it reads like several. */
    private static final int ROW = 1;

    private static final int PROGRESS = 2;
    private static final int ROWS = 3;

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
        if (publication instanceof PartitionRows batch) {
            out.writeByte(ROWS);
            out.writeCount(batch.partition());
            out.writeBytes(batch.rows());
        } else if (publication instanceof Progressed progressed) {
            out.writeByte(PROGRESS);
            progressed.progress().write(out);
        }
    }

    private static Publication read(BinaryReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case ROW, ROWS -> new PartitionRows((int) in.readCount(), in.readRest());
            case PROGRESS -> new Progressed(PartitionProgress.read(in));
            default -> throw new IllegalArgumentException("no publication has the number " + kind);
        };
    }
}
