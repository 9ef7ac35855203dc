package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.domain.BinaryWriter;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Tally;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.serde.WindowKeyFormat;
import io.weir.topology.Outgoing.PartitionRow;
import io.weir.topology.Outgoing.PartitionRows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublicationSerdeTest {
    private final PublicationSerde serde = new PublicationSerde();

    private static WindowKey window(int minute, String product) {
        return new WindowKey(WindowSize.MINUTE, minute * 60_000L, DimensionKey.product(product));
    }

    private static Tally tally(long visits) {
        Tally tally = new Tally();
        tally.add(Measure.VISITS, visits);
        tally.seenBefore().addVisitor(7, false, 1);
        return tally;
    }

    private List<PartitionRow> throughTheTopic(PartitionRows batch) {
        List<PartitionRow> rows = new ArrayList<>();
        byte[] bytes = serde.serializer().serialize("publications", batch);
        ((PartitionRows) serde.deserializer().deserialize("publications", bytes)).forEach(rows::add);
        return rows;
    }

    @Test
    void everyRowArrivesOnceAtThePartitionOfItsKeyHoweverManyThereAre() {
        List<PartitionRow> arrived = new ArrayList<>();
        List<Integer> batchBytes = new ArrayList<>();
        RowBatches batches = new RowBatches(2, 3, (to, batch) -> {
            batchBytes.add(batch.rows().length);
            List<PartitionRow> rows = throughTheTopic(batch);
            assertThat(rows).allMatch(row -> ServedRows.partitionOf(row.window().key(), 3) == to);
            arrived.addAll(rows);
        });
        IntStream.range(0, 20_000).forEach(i -> batches.add(window(i, "mug " + i % 1_000), tally(i)));
        batches.send();
        batches.send();

        assertThat(arrived).extracting(PartitionRow::partition).containsOnly(2);
        assertThat(arrived)
                .extracting(PartitionRow::window)
                .doesNotHaveDuplicates()
                .hasSize(20_000);
        assertThat(arrived)
                .allMatch(row ->
                        row.measures().get(Measure.VISITS) == row.window().startMs() / 60_000);
        assertThat(batchBytes).hasSizeLessThan(100).allMatch(bytes -> bytes < 100_000);
    }

    @Test
    void aRowOnItsWayFromTheVersionBeforeIsRead() {
        BinaryWriter before = new BinaryWriter();
        before.writeByte(1);
        before.writeCount(3);
        WindowKeyFormat.write(window(5, "mug"), before);
        tally(4).write(before);

        List<PartitionRow> rows = new ArrayList<>();
        ((PartitionRows) serde.deserializer().deserialize("publications", before.toByteArray())).forEach(rows::add);
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.partition()).isEqualTo(3);
            assertThat(row.window()).isEqualTo(window(5, "mug"));
            assertThat(row.measures()).isEqualTo(tally(4).toMeasures());
        });
    }

    @Test
    void aPublicationOfAVersionToComeIsRefused() {
        assertThatThrownBy(() -> serde.deserializer().deserialize("publications", new byte[] {4, 0}))
                .hasMessageContaining("no publication has the number 4");
    }
}
