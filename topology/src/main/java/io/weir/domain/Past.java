package io.weir.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules can still need to know of a visitor's events up to some point of their total order.
 *
 * <p>All rules look for the <em>latest</em> event of a kind and then ask whether it is recent enough, so the latest of
 * each kind is all that is kept: it costs space by the number of different products, sources and campaigns, not of
 * events. {@link #interpret} and {@link #absorb} take constant time.
 */
final class Past {
    static final String DIRECT = "direct";
    static final String UNKNOWN = "unknown";

    private static final int[] NO_KEYS = new int[0];
    private static final int MINUTE_BIT = 1 << WindowSize.MINUTE.ordinal();

    /** By click id, in total order; what rule 1 for visits needs. */
    private final SmallMap<String, PastClick> clicks;

    /**
     * By product; what rule 3 for visits needs. Nearly always also among {@link #clicks}, but where a later click has used
     * an id again, against the contract, the earlier one may still be the latest on its product.
     */
    private final SmallMap<String, PastClick> latestClicks;

    /** By product, in total order; what rule 1 for payments needs. */
    private final SmallMap<String, Touch> touches;

    /** The last of all touches; what rule 2 for payments needs. */
    private @Nullable Touch lastTouch;

    private final SmallMap<DimensionKey, LastSeen> lastSeen;

    /** Nothing that is kept is of an earlier time. */
    private long earliestMs = Long.MAX_VALUE;

    Past() {
        clicks = new SmallMap<>();
        latestClicks = new SmallMap<>();
        touches = new SmallMap<>();
        lastSeen = new SmallMap<>();
    }

    private Past(Past other) {
        clicks = new SmallMap<>(other.clicks);
        latestClicks = new SmallMap<>(other.latestClicks);
        touches = new SmallMap<>(other.touches);
        lastTouch = other.lastTouch;
        lastSeen = new SmallMap<>(other.lastSeen);
        earliestMs = other.earliestMs;
    }

    Past copy() {
        return new Past(this);
    }

    /** What the event means as the next one of this visitor's total order. */
    Meaning interpret(Event event, Rules rules, Windowing windowing) {
        if (event instanceof Click click) {
            DimensionKey[] keys = DimensionKeys.of(click.productId(), click.source(), click.campaignId());
            return new Meaning(click.source(), click.campaignId(), null, false, keys, NO_KEYS, NO_KEYS);
        }
        if (event instanceof Visit visit) {
            return interpret(visit, rules, windowing);
        }
        return interpret((Payment) event, rules, windowing);
    }

    private Meaning interpret(Visit visit, Rules rules, Windowing windowing) {
        long openStartMs = visit.timeMs() - rules.landingWindowMs();
        PastClick click = visit.clickId() == null ? null : clicks.get(visit.clickId());
        if (click == null || click.timeMs() <= openStartMs) {
            click = visit.source() == null ? latestClicks.get(visit.productId()) : null;
        }
        if (click != null && click.timeMs() > openStartMs) {
            PastClick landed = click.landed() ? null : click;
            return meaning(visit, click.source(), click.campaignId(), landed, false, windowing);
        }
        if (visit.source() != null) {
            return meaning(visit, visit.source(), visit.campaignId(), null, false, windowing);
        }
        return meaning(visit, DIRECT, null, null, false, windowing);
    }

    private Meaning interpret(Payment payment, Rules rules, Windowing windowing) {
        long openStartMs = payment.timeMs() - rules.attributionWindowMs();
        Touch touch = touches.get(payment.productId());
        if (touch != null && touch.timeMs() > openStartMs) {
            return meaning(payment, touch.source(), touch.campaignId(), null, false, windowing);
        }
        if (lastTouch != null && lastTouch.timeMs() > openStartMs) {
            return meaning(payment, lastTouch.source(), lastTouch.campaignId(), null, true, windowing);
        }
        if (lastVisitMs(DimensionKey.TOTAL) > openStartMs) {
            boolean halo = lastVisitMs(DimensionKey.product(payment.productId())) <= openStartMs;
            return meaning(payment, DIRECT, null, null, halo, windowing);
        }
        return meaning(payment, UNKNOWN, null, null, false, windowing);
    }

    /**
     * Why the payment, as the next event of this visitor's total order, is credited as it is.
     *
     * @param meaning what {@link #interpret} said of it
     */
    Credit explain(Payment payment, Meaning meaning, Rules rules) {
        long openStartMs = payment.timeMs() - rules.attributionWindowMs();
        return new Crediting(payment, openStartMs, touches, lastSeen).explain(meaning);
    }

    private Meaning meaning(
            Event event,
            String source,
            @Nullable String campaignId,
            @Nullable PastClick landed,
            boolean halo,
            Windowing windowing) {
        DimensionKey[] keys = DimensionKeys.of(event.productId(), source, campaignId);
        long[] lastMs = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            LastSeen last = lastSeen.getOrDefault(keys[i], LastSeen.NOT_YET);
            lastMs[i] = event.type() == EventType.VISIT ? last.visitMs() : last.paymentMs();
        }
        int[] newIn = new int[keys.length];
        for (WindowSize size : windowing.sizes()) {
            long startMs = windowing.startMs(size, event.timeMs());
            for (int i = 0; i < keys.length; i++) {
                newIn[i] |= lastMs[i] < startMs ? 1 << size.ordinal() : 0;
            }
        }
        int[] minutesAgo = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            boolean newInMinute = (newIn[i] & MINUTE_BIT) != 0;
            minutesAgo[i] = newInMinute ? Windowing.minutesBetween(lastMs[i], event.timeMs()) : 0;
        }
        return new Meaning(source, campaignId, landed, halo, keys, newIn, minutesAgo);
    }

    private long lastVisitMs(DimensionKey key) {
        return lastSeen.getOrDefault(key, LastSeen.NOT_YET).visitMs();
    }

    /** Takes in the next event of the total order, with the meaning that {@link #interpret} gave it. */
    void absorb(Event event, Meaning meaning) {
        switch (event.type()) {
            case CLICK -> addClick(PastClick.of((Click) event));
            case VISIT -> {
                if (meaning.landed() != null) {
                    land(meaning.landed());
                }
                for (DimensionKey key : meaning.keys()) {
                    see(key, lastSeen.getOrDefault(key, LastSeen.NOT_YET).visitedAt(event.timeMs()));
                }
            }
            case PAYMENT -> {
                for (DimensionKey key : meaning.keys()) {
                    see(key, lastSeen.getOrDefault(key, LastSeen.NOT_YET).paidAt(event.timeMs()));
                }
            }
        }
        if (event.type() != EventType.PAYMENT && !meaning.source().equals(DIRECT)) {
            addTouch(
                    new Touch(event.type(), event.productId(), meaning.source(), meaning.campaignId(), event.timeMs()));
        }
    }

    private void addClick(PastClick click) {
        clicks.putLast(click.id(), click);
        latestClicks.put(click.productId(), click);
        earliestMs = Math.min(earliestMs, click.timeMs());
    }

    private void land(PastClick click) {
        PastClick landed = click.asLanded();
        clicks.replace(click.id(), click, landed);
        latestClicks.replace(click.productId(), click, landed);
    }

    private void addTouch(Touch touch) {
        touches.putLast(touch.productId(), touch);
        lastTouch = touch;
        earliestMs = Math.min(earliestMs, touch.timeMs());
    }

    private void see(DimensionKey key, LastSeen seen) {
        lastSeen.put(key, seen);
        earliestMs = Math.min(earliestMs, seen.latestMs());
    }

    /**
     * Drops what no event at or after {@code horizonMs} can need.
     *
     * @param horizonMs stream time − grace: nothing earlier will be accepted any more
     */
    void forget(long horizonMs, Rules rules, Windowing windowing) {
        long clicksEndMs = horizonMs - rules.landingWindowMs();
        long touchesEndMs = horizonMs - rules.attributionWindowMs();
        long stillNewMs = stillNewMs(horizonMs, windowing);
        if (earliestMs > Math.max(stillNewMs, Math.max(clicksEndMs, touchesEndMs))) {
            return;
        }
        clicks.removeFirstWhile(click -> click.timeMs() <= clicksEndMs);
        latestClicks.removeIf((product, click) -> click.timeMs() <= clicksEndMs);
        touches.removeFirstWhile(touch -> touch.timeMs() <= touchesEndMs);
        if (lastTouch != null && lastTouch.timeMs() <= touchesEndMs) {
            lastTouch = null;
        }
        lastSeen.removeIf((key, seen) ->
                seen.latestMs() < stillNewMs && !(saysWhereVisited(key) && seen.visitMs() > touchesEndMs));
    }

    /** Whoever was last there before this is new again in all windows of an event at or after {@code horizonMs}. */
    private static long stillNewMs(long horizonMs, Windowing windowing) {
        long earliestStartMs = horizonMs;
        for (WindowSize size : windowing.sizes()) {
            earliestStartMs = Math.min(earliestStartMs, windowing.startMs(size, horizonMs));
        }
        return windowing.sizes().contains(WindowSize.MINUTE)
                ? Math.min(earliestStartMs, Windowing.dayBefore(horizonMs))
                : earliestStartMs;
    }

    /** Whether rule 3 for payments asks for the last visit under this key. */
    private static boolean saysWhereVisited(DimensionKey key) {
        return key.dimension() == Dimension.TOTAL || key.dimension() == Dimension.PRODUCT;
    }

    int rememberedClicks() {
        return clicks.size();
    }

    void write(BinaryWriter out) {
        List<PastClick> allClicks = allClicks();
        out.writeCount(allClicks.size());
        for (PastClick click : allClicks) {
            out.writeText(click.id());
            out.writeText(click.productId());
            out.writeText(click.source());
            out.writeText(click.campaignId());
            out.writeTime(click.timeMs());
            out.writeByte(click.landed() ? 1 : 0);
        }
        out.writeCount(touches.size());
        touches.forEach((product, touch) -> {
            out.writeByte(touch.kind().ordinal());
            out.writeText(touch.productId());
            out.writeText(touch.source());
            out.writeText(touch.campaignId());
            out.writeTime(touch.timeMs());
        });
        out.writeCount(lastSeen.size());
        lastSeen.forEach((key, seen) -> {
            seen.write(out);
            key.write(out);
        });
    }

    /** In total order. */
    private List<PastClick> allClicks() {
        List<PastClick> all = clicks.values();
        latestClicks.forEach((product, click) -> {
            if (!click.equals(clicks.get(click.id()))) {
                all.add(click);
            }
        });
        all.sort(PastClick.TOTAL_ORDER);
        return all;
    }

    static Past read(BinaryReader in) {
        Past past = new Past();
        for (int left = in.readSize(); left > 0; left--) {
            past.addClick(new PastClick(
                    in.readRequiredText(),
                    in.readRequiredText(),
                    in.readRequiredText(),
                    in.readText(),
                    in.readTime(),
                    in.readByte() == 1));
        }
        for (int left = in.readSize(); left > 0; left--) {
            past.addTouch(new Touch(
                    EventType.read(in), in.readRequiredText(), in.readRequiredText(), in.readText(), in.readTime()));
        }
        for (int left = in.readSize(); left > 0; left--) {
            LastSeen seen = LastSeen.read(in);
            past.see(DimensionKey.read(in), seen);
        }
        return past;
    }
}
