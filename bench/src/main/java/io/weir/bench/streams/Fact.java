package io.weir.bench.streams;

import io.weir.bench.core.WindowSums;
import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.Click;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Payment;
import io.weir.domain.WindowSize;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one event adds under one dimension key.
 *
 * @param sums one number for each {@link Measure}; visitors and buyers count in the windows of {@code newIn} only
 * @param newIn a bit for each window size
 */
record Fact(DimensionKey key, long[] sums, int newIn) {
    static final BinarySerde<Fact> SERDE = new BinarySerde<>(Fact::write, Fact::read);
    static final BinarySerde<DimensionKey> KEYS = new BinarySerde<>(DimensionKey::write, DimensionKey::read);
    static final BinarySerde<long[]> SUMS = new BinarySerde<>(Fact::writeSums, Fact::readSums);

    static long[] noSums() {
        return new long[WindowSums.MEASURES];
    }

    static List<DimensionKey> keys(String productId, String source, @Nullable String campaignId) {
        List<DimensionKey> keys = new ArrayList<>(List.of(
                DimensionKey.TOTAL,
                DimensionKey.product(productId),
                DimensionKey.source(source),
                DimensionKey.productSource(productId, source)));
        if (campaignId != null) {
            keys.add(DimensionKey.campaign(source, campaignId));
        }
        return keys;
    }

    static List<Fact> click(Click click) {
        List<Fact> facts = new ArrayList<>();
        for (DimensionKey key : keys(click.productId(), click.source(), click.campaignId())) {
            Fact fact = new Fact(key, noSums(), 0);
            fact.set(Measure.CLICKS, 1);
            fact.set(Measure.COST_MICROS, click.costMicros());
            facts.add(fact);
        }
        return facts;
    }

    static List<Fact> landing(Click click) {
        List<Fact> facts = new ArrayList<>();
        for (DimensionKey key : keys(click.productId(), click.source(), click.campaignId())) {
            Fact fact = new Fact(key, noSums(), 0);
            fact.set(Measure.LANDINGS, 1);
            facts.add(fact);
        }
        return facts;
    }

    static Fact visit(DimensionKey key, int newIn) {
        Fact fact = new Fact(key, noSums(), newIn);
        fact.set(Measure.VISITS, 1);
        fact.set(Measure.VISITORS, 1);
        return fact;
    }

    static Fact payment(DimensionKey key, Payment payment, boolean isHalo, int newIn) {
        Fact fact = new Fact(key, noSums(), newIn);
        fact.set(Measure.PAYMENTS, 1);
        fact.set(Measure.BUYERS, 1);
        fact.set(Measure.UNITS, payment.quantity());
        fact.set(Measure.REVENUE_MICROS, payment.amountMicros());
        fact.set(Measure.HALO_PAYMENTS, isHalo ? 1 : 0);
        fact.set(Measure.HALO_REVENUE_MICROS, isHalo ? payment.amountMicros() : 0);
        return fact;
    }

    private void set(Measure measure, long value) {
        sums[measure.ordinal()] = value;
    }

    /** The sums with this fact in them, in a window of this size. */
    long[] addTo(long[] before, WindowSize size) {
        long[] after = before.clone();
        WindowSums.add(sums, after);
        if ((newIn & 1 << size.ordinal()) == 0) {
            after[Measure.VISITORS.ordinal()] = before[Measure.VISITORS.ordinal()];
            after[Measure.BUYERS.ordinal()] = before[Measure.BUYERS.ordinal()];
        }
        return after;
    }

    void write(BinaryWriter out) {
        key.write(out);
        writeSums(sums, out);
        out.writeByte(newIn);
    }

    static Fact read(BinaryReader in) {
        return new Fact(DimensionKey.read(in), readSums(in), in.readByte());
    }

    private static void writeSums(long[] sums, BinaryWriter out) {
        for (long sum : sums) {
            out.writeLong(sum);
        }
    }

    private static long[] readSums(BinaryReader in) {
        long[] sums = noSums();
        for (int i = 0; i < sums.length; i++) {
            sums[i] = in.readLong();
        }
        return sums;
    }
}
