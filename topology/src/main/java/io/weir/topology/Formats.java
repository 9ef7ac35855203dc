package io.weir.topology;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.ComeBacks;
import io.weir.domain.Credit;
import io.weir.domain.DimensionKey;
import io.weir.domain.FactsBySource;
import io.weir.domain.Journey;
import io.weir.domain.RollingMeasures;
import io.weir.domain.Rules;
import io.weir.domain.Tally;
import io.weir.domain.WindowKey;
import io.weir.domain.Windowing;
import io.weir.serde.CreditFormat;
import io.weir.serde.WindowKeyFormat;
import java.nio.charset.StandardCharsets;

/** How the contents of each store become bytes. */
final class Formats {
    private Formats() {}

    /** Keys whose bytes are window keys; those of a window are a group. */
    abstract static class ByWindow<V> implements WriteBehindStore.Format<WindowKey, V> {

        @Override
        public long group(WindowKey key) {
            return WindowKeyFormat.group(key.size(), key.startMs());
        }

        @Override
        public byte[] lowerBound(long group) {
            return WindowKeyFormat.lowerBound(group);
        }

        @Override
        public byte[] keyToBytes(WindowKey key) {
            BinaryWriter out = new BinaryWriter();
            WindowKeyFormat.write(key, out);
            return out.toByteArray();
        }

        @Override
        public WindowKey keyFromBytes(byte[] bytes) {
            return WindowKeyFormat.read(new BinaryReader(bytes));
        }
    }

    /** One partition's tallies. */
    static final class Tallies extends ByWindow<PartitionTally> {

        @Override
        public byte[] valueToBytes(PartitionTally row) {
            BinaryWriter out = new BinaryWriter();
            row.tally().write(out);
            return out.toByteArray();
        }

        @Override
        public PartitionTally valueFromBytes(WindowKey key, byte[] bytes) {
            return new PartitionTally(Tally.read(new BinaryReader(bytes)));
        }
    }

    /** What all partitions said about a window and key. */
    static final class TotalRows extends ByWindow<TotalRow> {

        @Override
        public byte[] valueToBytes(TotalRow row) {
            BinaryWriter out = new BinaryWriter();
            row.write(out);
            return out.toByteArray();
        }

        @Override
        public TotalRow valueFromBytes(WindowKey key, byte[] bytes) {
            return TotalRow.read(new BinaryReader(bytes));
        }

        /** The rolling windows still ask for minutes, three times, and read them from the store below in any case. */
        @Override
        public boolean isAtRest(TotalRow row) {
            return row.isFinal() && !row.isDue();
        }
    }

    /** How many of each minute's visitors came back. */
    static final class ComeBackCounts extends ByWindow<ComeBacks> {

        @Override
        public byte[] valueToBytes(ComeBacks comeBacks) {
            BinaryWriter out = new BinaryWriter();
            comeBacks.write(out);
            return out.toByteArray();
        }

        @Override
        public ComeBacks valueFromBytes(WindowKey key, byte[] bytes) {
            return ComeBacks.read(new BinaryReader(bytes));
        }
    }

    /** Rolling measures by dimension key. */
    static final class Rolling implements WriteBehindStore.Format<DimensionKey, RollingMeasures> {

        @Override
        public byte[] keyToBytes(DimensionKey key) {
            BinaryWriter out = new BinaryWriter();
            key.write(out);
            return out.toByteArray();
        }

        @Override
        public DimensionKey keyFromBytes(byte[] bytes) {
            return DimensionKey.read(new BinaryReader(bytes));
        }

        @Override
        public byte[] valueToBytes(RollingMeasures measures) {
            BinaryWriter out = new BinaryWriter();
            measures.write(out);
            return out.toByteArray();
        }

        @Override
        public RollingMeasures valueFromBytes(DimensionKey key, byte[] bytes) {
            return RollingMeasures.read(new BinaryReader(bytes));
        }
    }

    /** Journeys by visitor id. */
    record Journeys(Rules rules, Windowing windowing) implements WriteBehindStore.Format<String, Journey> {

        @Override
        public byte[] keyToBytes(String visitorId) {
            return visitorId.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String keyFromBytes(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public byte[] valueToBytes(Journey journey) {
            return journey.toBytes();
        }

        @Override
        public Journey valueFromBytes(String visitorId, byte[] bytes) {
            return Journey.fromBytes(visitorId, bytes, rules, windowing);
        }
    }

    /** Credits by order and payment. */
    static final class Credits implements WriteBehindStore.Format<CreditKey, Credit> {

        @Override
        public byte[] keyToBytes(CreditKey key) {
            return CreditFormat.key(key.orderId(), key.paymentId());
        }

        @Override
        public CreditKey keyFromBytes(byte[] bytes) {
            BinaryReader in = new BinaryReader(bytes);
            return new CreditKey(in.readRequiredText(), in.readRequiredText());
        }

        @Override
        public byte[] valueToBytes(Credit credit) {
            return CreditFormat.value(credit);
        }

        @Override
        public Credit valueFromBytes(CreditKey key, byte[] bytes) {
            return CreditFormat.read(keyToBytes(key), bytes);
        }
    }

    /** Keys that are input partitions. */
    abstract static class ByPartition<V> implements WriteBehindStore.Format<Integer, V> {

        @Override
        public byte[] keyToBytes(Integer partition) {
            BinaryWriter out = new BinaryWriter();
            out.writeOrdered(partition);
            return out.toByteArray();
        }

        @Override
        public Integer keyFromBytes(byte[] bytes) {
            return (int) new BinaryReader(bytes).readOrdered();
        }
    }

    /** What each source has cost and been credited with. */
    static final class Facts extends ByPartition<FactsBySource> {

        @Override
        public byte[] valueToBytes(FactsBySource facts) {
            BinaryWriter out = new BinaryWriter();
            facts.write(out);
            return out.toByteArray();
        }

        @Override
        public FactsBySource valueFromBytes(Integer partition, byte[] bytes) {
            return FactsBySource.read(new BinaryReader(bytes));
        }
    }

    /** Progress by input partition. */
    static final class Progress extends ByPartition<PartitionProgress> {

        @Override
        public byte[] valueToBytes(PartitionProgress progress) {
            BinaryWriter out = new BinaryWriter();
            progress.write(out);
            return out.toByteArray();
        }

        @Override
        public PartitionProgress valueFromBytes(Integer partition, byte[] bytes) {
            return PartitionProgress.read(new BinaryReader(bytes));
        }
    }
}
