package io.weir.bench;

import io.weir.app.demo.Incident;
import io.weir.app.demo.ShopTraffic;
import io.weir.app.demo.TrafficSettings;
import io.weir.domain.Click;
import io.weir.domain.Event;
import io.weir.domain.Payment;
import io.weir.domain.Visit;
import io.weir.oracle.EventRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The events of a race: the demo's traffic, the same for the same workload, in event-time order, none twice.
 *
 * @param events how many
 * @param visitors at most so many different ones; 0 for as many as the traffic has
 * @param products how many the shop sells
 * @param zipf how much more popular the popular ones are; see {@link TrafficSettings}
 * @param rate events a second of event time, on average
 * @param partitions of each input topic
 */
public record Workload(long events, long visitors, int products, double zipf, double rate, long seed, int partitions) {
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    public Workload {
        if (events < 1 || visitors < 0 || partitions < 1) {
            throw new IllegalArgumentException("a race needs at least one event and one partition, and no negative"
                    + " number of visitors: " + events + ", " + partitions + ", " + visitors);
        }
        if (events > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("at most " + Integer.MAX_VALUE + " events: " + events);
        }
    }

    /** The events from the first on. */
    public Iterator<Event> iterator() {
        TrafficSettings settings = TrafficSettings.demonstration(
                        seed, START.toEpochMilli(), rate, ZoneOffset.UTC, Incident.NONE)
                .withProducts(products, zipf);
        Iterator<Event> traffic = new ShopTraffic(settings);
        return new Iterator<>() {
            private long given = 0;

            @Override
            public boolean hasNext() {
                return given < events;
            }

            @Override
            public Event next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                given++;
                return ofFewer(traffic.next());
            }
        };
    }

    /** The same events for the batch oracle; generated while they are read, so that they take no memory. */
    List<EventRow> rows() {
        return new AbstractList<>() {
            @Override
            public Iterator<EventRow> iterator() {
                Iterator<Event> traffic = Workload.this.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return traffic.hasNext();
                    }

                    @Override
                    public EventRow next() {
                        return row(traffic.next());
                    }
                };
            }

            @Override
            public EventRow get(int index) {
                throw new UnsupportedOperationException("only to be read from the first to the last");
            }

            @Override
            public int size() {
                return Math.toIntExact(events);
            }
        };
    }

    /** Generated visitors are numbered; their ids end in the number. */
    private Event ofFewer(Event event) {
        if (visitors == 0) {
            return event;
        }
        String id = event.visitorId();
        long number = Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
        return event.ofVisitor("v-" + number % visitors);
    }

    @SuppressWarnings("NullAway") // In the oracle's rows null stands for what is absent.
    private static EventRow row(Event event) {
        if (event instanceof Click click) {
            return EventRow.click(
                    click.id(),
                    click.visitorId(),
                    click.productId(),
                    click.source(),
                    click.campaignId(),
                    click.costMicros(),
                    click.timeMs());
        }
        if (event instanceof Visit visit) {
            return EventRow.visit(
                    visit.id(),
                    visit.visitorId(),
                    visit.productId(),
                    visit.source(),
                    visit.campaignId(),
                    visit.clickId(),
                    visit.timeMs());
        }
        Payment payment = (Payment) event;
        return EventRow.payment(
                        payment.id(),
                        payment.visitorId(),
                        payment.productId(),
                        payment.quantity(),
                        payment.amountMicros(),
                        payment.timeMs())
                .withOrderId(payment.orderId());
    }
}
