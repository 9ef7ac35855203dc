package io.weir.domain;

import java.util.Comparator;

/**
 * Something that a visitor did.
 *
 * <p>Ids are unique within a type. Optional texts are null when absent, never blank. Times are event time, milliseconds
 * since 1970, UTC. Money is in micros of the reporting currency.
 */
public sealed interface Event permits Click, Visit, Payment {

    /** The total order of one visitor's journey: event time, then click before visit before payment, then id. */
    Comparator<Event> TOTAL_ORDER = Comparator.comparingLong(Event::timeMs)
            .thenComparing(Event::type)
            .thenComparing(Event::id, CodePointOrder.INSTANCE);

    EventType type();

    String id();

    String visitorId();

    /** The same event of a visitor that is called so. */
    Event ofVisitor(String name);

    String productId();

    long timeMs();
}
