package io.weir.app.system;

import io.weir.app.demo.ShopTraffic;
import io.weir.app.demo.TrafficSettings;
import io.weir.domain.Click;
import io.weir.domain.Event;
import io.weir.domain.EventType;
import io.weir.domain.Payment;
import io.weir.domain.Visit;
import io.weir.oracle.Acceptance;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Utils;

/** Events as rows that the oracle judges, and as records that the pipeline reads. */
public final class Events {
    private Events() {}

    /** The first so many events of a generated shop, in time order; {@code rate} is events a second of event time. */
    public static List<EventRow> ofShop(long seed, Instant start, double rate, int events) {
        Iterator<EventRow> shop = ofShop(seed, start, rate);
        List<EventRow> rows = new ArrayList<>(events);
        while (rows.size() < events) {
            rows.add(shop.next());
        }
        return rows;
    }

    /** The same without an end. */
    public static Iterator<EventRow> ofShop(long seed, Instant start, double rate) {
        ShopTraffic traffic = new ShopTraffic(TrafficSettings.shop(seed, start.toEpochMilli(), rate));
        return Stream.generate(traffic::next).map(Events::row).iterator();
    }

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
        return new EventRow(
                EventRow.PAYMENT,
                payment.id(),
                payment.orderId(),
                payment.visitorId(),
                payment.productId(),
                null,
                null,
                null,
                payment.quantity(),
                payment.amountMicros(),
                null,
                payment.timeMs());
    }

    public static EventType typeOf(EventRow row) {
        return switch (row.type()) {
            case EventRow.CLICK -> EventType.CLICK;
            case EventRow.VISIT -> EventType.VISIT;
            case EventRow.PAYMENT -> EventType.PAYMENT;
            default -> throw new IllegalArgumentException("no event has the type " + row.type());
        };
    }

    /** The row as a record; absent required texts as blank ones. */
    public static SpecificRecord message(EventRow row) {
        Instant time = Instant.ofEpochMilli(row.timeMs());
        return switch (typeOf(row)) {
            case CLICK ->
                new io.weir.schema.Click(
                        text(row.id()),
                        text(row.visitorId()),
                        text(row.productId()),
                        text(row.source()),
                        row.campaignId(),
                        row.costMicros(),
                        time);
            case VISIT ->
                new io.weir.schema.Visit(
                        text(row.id()),
                        text(row.visitorId()),
                        text(row.productId()),
                        row.source(),
                        row.campaignId(),
                        row.clickId(),
                        time);
            case PAYMENT ->
                new io.weir.schema.Payment(
                        text(row.id()),
                        text(row.orderId()),
                        text(row.visitorId()),
                        text(row.productId()),
                        row.quantity(),
                        row.amountMicros(),
                        time);
        };
    }

    private static String text(String cell) {
        return cell == null ? "" : cell;
    }

    /** The partition that Kafka's default partitioner gives to this visitor's events. */
    public static int partition(String visitorId, int partitions) {
        return Utils.toPositive(Utils.murmur2(visitorId.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** What becomes of the rows when each partition reads its own in this order. */
    public static Acceptance acceptedByPartition(List<EventRow> arrivals, int partitions, OracleSettings settings) {
        Map<Integer, List<EventRow>> byPartition = new TreeMap<>();
        for (EventRow row : arrivals) {
            byPartition
                    .computeIfAbsent(partition(row.visitorId(), partitions), partition -> new ArrayList<>())
                    .add(row);
        }
        return byPartition.values().stream()
                .map(rows -> Acceptance.inArrivalOrder(rows, settings))
                .reduce(Acceptance::plus)
                .orElseThrow();
    }
}
