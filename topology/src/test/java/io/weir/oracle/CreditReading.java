package io.weir.oracle;

import io.weir.domain.ConsideredTouch;
import io.weir.domain.Credit;
import io.weir.domain.EventType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Why each payment is credited as it is: the semantics read line by line, as by {@link BruteForce}. */
public final class CreditReading {
    private static final Comparator<ConsideredTouch> LATEST_FIRST = Comparator.comparing(ConsideredTouch::timeMs)
            .reversed()
            .thenComparing(touch -> touch.chosen() ? 0 : 1)
            .thenComparing(ConsideredTouch::rule)
            .thenComparing(ConsideredTouch::productId, BruteForce.BYTES);

    private final OracleSettings settings;
    private final BruteForce reading;

    private CreditReading(List<EventRow> accepted, OracleSettings settings) {
        this.settings = settings;
        this.reading = new BruteForce(accepted, settings);
    }

    /** The credit of every accepted payment, by its id; ids are unique, and no payment has more touches than are told. */
    public static Map<String, Credit> creditsOf(List<EventRow> accepted, OracleSettings settings) {
        CreditReading all = new CreditReading(accepted, settings);
        Map<String, Credit> credits = new TreeMap<>();
        for (EventRow event : all.reading.events()) {
            if (event.type().equals(EventRow.PAYMENT)) {
                credits.put(event.id(), all.creditOf(event));
            }
        }
        return credits;
    }

    private Credit creditOf(EventRow payment) {
        List<EventRow> earlier =
                reading.before(payment, settings.attributionWindow().toMillis());
        EventRow own = BruteForce.last(earlier, e -> isTouch(e) && isPaid(e, payment));
        EventRow any = BruteForce.last(earlier, this::isTouch);
        EventRow ownDirect = BruteForce.last(earlier, e -> isKnownDirect(e, earlier) && isPaid(e, payment));
        EventRow anyDirect = earlier.stream()
                .filter(e -> isKnownDirect(e, earlier))
                .min(Comparator.comparing(EventRow::timeMs)
                        .reversed()
                        .thenComparing(EventRow::productId, BruteForce.BYTES))
                .orElse(null);
        EventRow chosen = Stream.of(own, any, ownDirect, anyDirect)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        List<ConsideredTouch> considered = new ArrayList<>();
        for (EventRow e : earlier) {
            if (isTouch(e) && !isFollowed(e, earlier)) {
                considered.add(touch(e, isPaid(e, payment) ? 1 : 2, e == chosen));
            }
        }
        if (ownDirect != null) {
            considered.add(touch(ownDirect, 3, ownDirect == chosen));
        }
        if (anyDirect != null && !isPaid(anyDirect, payment)) {
            considered.add(touch(anyDirect, 3, anyDirect == chosen));
        }
        return credit(payment, chosen, considered);
    }

    private Credit credit(EventRow payment, EventRow chosen, List<ConsideredTouch> considered) {
        BruteForce.Origin credited = reading.creditOf(payment);
        int rule = chosen == null ? 4 : !isTouch(chosen) ? 3 : isPaid(chosen, payment) ? 1 : 2;
        return new Credit(
                payment.id(),
                payment.orderId(),
                payment.productId(),
                payment.timeMs(),
                payment.quantity(),
                payment.amountMicros(),
                credited.source(),
                credited.campaignId(),
                credited.halo(),
                rule,
                considered.stream().sorted(LATEST_FIRST).toList());
    }

    private ConsideredTouch touch(EventRow event, int rule, boolean chosen) {
        EventType kind = BruteForce.isClick(event) ? EventType.CLICK : EventType.VISIT;
        return new ConsideredTouch(
                kind,
                event.productId(),
                reading.sourceOf(event),
                rule == 3 ? null : reading.campaignOf(event),
                event.timeMs(),
                rule,
                chosen);
    }

    private boolean isTouch(EventRow event) {
        return reading.isOtherThanDirect(event);
    }

    private static boolean isPaid(EventRow event, EventRow payment) {
        return BruteForce.isOn(payment.productId(), event);
    }

    /** A direct visit that the journey still tells from others: no touch followed, nor came at once, on the product. */
    private boolean isKnownDirect(EventRow event, List<EventRow> earlier) {
        return BruteForce.isVisit(event) && !isTouch(event) && !isFollowed(event, earlier);
    }

    /** Whether a touch on the same product came later; of two visits at one instant, either. */
    private boolean isFollowed(EventRow event, List<EventRow> earlier) {
        return earlier.stream().anyMatch(e -> isTouch(e) && isPaid(e, event) && isAfter(e, event));
    }

    private boolean isAfter(EventRow touch, EventRow event) {
        boolean atOnce = touch.timeMs().equals(event.timeMs())
                && BruteForce.isVisit(touch)
                && BruteForce.isVisit(event)
                && !isTouch(event);
        return atOnce || BruteForce.TOTAL_ORDER.compare(touch, event) > 0;
    }
}
