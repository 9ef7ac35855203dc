package io.weir.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the touches that the rules look at for one payment, and says which of them it is credited to.
 *
 * <p>Costs time in proportion to what is known of the visitor, unlike the credit itself, so it is done only where
 * somebody wants to know.
 */
final class Crediting {
    private static final int NOTHING_KNOWN = 4;

    /** Among several at one instant the chosen one stands first; source and time differ in no other way. */
    private static final Comparator<ConsideredTouch> LATEST_FIRST = Comparator.comparingLong(ConsideredTouch::timeMs)
            .reversed()
            .thenComparing(touch -> !touch.chosen())
            .thenComparingInt(ConsideredTouch::rule)
            .thenComparing(ConsideredTouch::productId, CodePointOrder.INSTANCE);

    private final Payment payment;
    private final long openStartMs;
    private final SmallMap<String, Touch> touches;
    private final SmallMap<DimensionKey, LastSeen> lastSeen;

    /** Least wanted first within each rule. */
    private final List<ConsideredTouch> found = new ArrayList<>();

    /**
     * @param openStartMs the attribution window's open start
     * @param touches the latest of each product whose source is not {@code direct}, in total order
     * @param lastSeen the last visit under each key
     */
    Crediting(
            Payment payment,
            long openStartMs,
            SmallMap<String, Touch> touches,
            SmallMap<DimensionKey, LastSeen> lastSeen) {
        this.payment = payment;
        this.openStartMs = openStartMs;
        this.touches = touches;
        this.lastSeen = lastSeen;
    }

    /** @param meaning what the payment means, so that the explanation cannot differ from the figures */
    Credit explain(Meaning meaning) {
        addTouches(touches.values());
        addDirectVisits();
        int rule = choose();
        found.sort(LATEST_FIRST);
        return new Credit(
                payment.id(),
                payment.orderId(),
                payment.productId(),
                payment.timeMs(),
                payment.quantity(),
                payment.amountMicros(),
                meaning.source(),
                meaning.campaignId(),
                meaning.halo(),
                rule,
                latest());
    }

    private void addTouches(List<Touch> inTotalOrder) {
        for (Touch touch : inTotalOrder) {
            if (touch.timeMs() > openStartMs) {
                boolean paid = touch.productId().equals(payment.productId());
                found.add(new ConsideredTouch(
                        touch.kind(),
                        touch.productId(),
                        touch.source(),
                        touch.campaignId(),
                        touch.timeMs(),
                        paid ? 1 : 2,
                        false));
            }
        }
    }

    private void addDirectVisits() {
        List<ConsideredTouch> visits = new ArrayList<>();
        lastSeen.forEach((key, seen) -> {
            String productId = key.productId();
            ConsideredTouch visit = key.dimension() == Dimension.PRODUCT && productId != null
                    ? directVisit(productId, seen.visitMs())
                    : null;
            if (visit != null) {
                visits.add(visit);
            }
        });
        visits.sort(LATEST_FIRST);
        if (visits.isEmpty()) {
            return;
        }
        ConsideredTouch last = visits.get(0);
        if (!last.productId().equals(payment.productId())) {
            found.add(last);
        }
        visits.stream()
                .filter(visit -> visit.productId().equals(payment.productId()))
                .forEach(found::add);
    }

    /** The last visit to a product if it is recent enough and direct; null if not, or if that is not known any more. */
    private @Nullable ConsideredTouch directVisit(String productId, long timeMs) {
        if (timeMs <= openStartMs) {
            return null;
        }
        Touch touch = touches.get(productId);
        if (touch != null && !isAfter(timeMs, touch)) {
            return null;
        }
        return new ConsideredTouch(EventType.VISIT, productId, Past.DIRECT, null, timeMs, 3, false);
    }

    /** Whether a visit to the same product comes after this touch; had it a source of its own it would be the touch. */
    private static boolean isAfter(long visitMs, Touch touch) {
        return visitMs > touch.timeMs() || (visitMs == touch.timeMs() && touch.kind() == EventType.CLICK);
    }

    /** The first rule that finds anything decides, for the last that it finds. */
    private int choose() {
        int chosen = -1;
        for (int i = 0; i < found.size(); i++) {
            if (chosen < 0 || found.get(i).rule() <= found.get(chosen).rule()) {
                chosen = i;
            }
        }
        if (chosen < 0) {
            return NOTHING_KNOWN;
        }
        found.set(chosen, found.get(chosen).asChosen());
        return found.get(chosen).rule();
    }

    private List<ConsideredTouch> latest() {
        if (found.size() <= Credit.MOST_CONSIDERED) {
            return found;
        }
        List<ConsideredTouch> kept = new ArrayList<>(found.subList(0, Credit.MOST_CONSIDERED));
        if (kept.stream().noneMatch(ConsideredTouch::chosen)) {
            found.stream().filter(ConsideredTouch::chosen).forEach(chosen -> kept.set(kept.size() - 1, chosen));
        }
        return kept;
    }
}
