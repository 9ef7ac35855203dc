package io.weir.bench.streams;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.Payment;
import io.weir.domain.Rules;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's touches of the attribution window, of each product the latest.
 *
 * @param paid by product, those with a source other than direct, in the order of reading
 * @param visits by product, when it was visited last
 */
record Touches(Map<String, Touch> paid, Map<String, Long> visits) {
    static final BinarySerde<Touches> SERDE = new BinarySerde<>(Touches::write, Touches::read);
    private static final String DIRECT = "direct";

    /** A click or a visit. */
    record Touch(String productId, String source, @Nullable String campaignId, long timeMs, boolean isVisit) {}

    static Touches none() {
        return new Touches(Map.of(), Map.of());
    }

    Touches with(Touch touch, Rules rules) {
        long fromMs = touch.timeMs - rules.attributionWindowMs();
        Map<String, Touch> morePaid = new LinkedHashMap<>(paid);
        Map<String, Long> moreVisits = new LinkedHashMap<>(visits);
        morePaid.values().removeIf(known -> known.timeMs <= fromMs);
        moreVisits.values().removeIf(timeMs -> timeMs <= fromMs);
        if (!touch.source.equals(DIRECT)) {
            morePaid.remove(touch.productId);
            morePaid.put(touch.productId, touch);
        }
        if (touch.isVisit) {
            moreVisits.put(touch.productId, touch.timeMs);
        }
        return new Touches(morePaid, moreVisits);
    }

    /** What a payment is credited to; the touches are null when there are none. */
    static CreditedPayment credit(Payment payment, @Nullable Touches touches, Rules rules) {
        Touches known = touches == null ? none() : touches;
        long fromMs = payment.timeMs() - rules.attributionWindowMs();
        Touch own = known.paid.get(payment.productId());
        if (own != null && own.timeMs > fromMs) {
            return new CreditedPayment(payment, own.source, own.campaignId, false);
        }
        Touch last = null;
        for (Touch touch : known.paid.values()) {
            last = touch.timeMs > fromMs && (last == null || touch.timeMs >= last.timeMs) ? touch : last;
        }
        if (last != null) {
            return new CreditedPayment(payment, last.source, last.campaignId, true);
        }
        boolean visited = known.visits.values().stream().anyMatch(timeMs -> timeMs > fromMs);
        boolean visitedIt = known.visits.getOrDefault(payment.productId(), Long.MIN_VALUE) > fromMs;
        return new CreditedPayment(payment, visited ? DIRECT : "unknown", null, visited && !visitedIt);
    }

    private void write(BinaryWriter out) {
        out.writeCount(paid.size());
        for (Touch touch : paid.values()) {
            out.writeText(touch.productId);
            out.writeText(touch.source);
            out.writeText(touch.campaignId);
            out.writeTime(touch.timeMs);
            out.writeByte(touch.isVisit ? 1 : 0);
        }
        out.writeCount(visits.size());
        visits.forEach((productId, timeMs) -> {
            out.writeText(productId);
            out.writeTime(timeMs);
        });
    }

    private static Touches read(BinaryReader in) {
        Touches touches = new Touches(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (int left = in.readSize(); left > 0; left--) {
            Touch touch = new Touch(
                    in.readRequiredText(), in.readRequiredText(), in.readText(), in.readTime(), in.readByte() == 1);
            touches.paid.put(touch.productId, touch);
        }
        for (int left = in.readSize(); left > 0; left--) {
            touches.visits.put(in.readRequiredText(), in.readTime());
        }
        return touches;
    }
}
