package io.weir.topology;

import io.weir.domain.EventType;
import io.weir.oracle.EventRow;
import io.weir.schema.Click;
import io.weir.schema.Payment;
import io.weir.schema.Visit;
import io.weir.serde.EventReader;
import io.weir.serde.VisitorNames;
import io.weir.wire.AvroWireDeserializer;
import io.weir.wire.AvroWireSerializer;
import io.weir.wire.EmbeddedSchemaRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Event rows as records of the input topics, with a schema registry of their own, and readers for them. */
final class EventRecords {
    private final EmbeddedSchemaRegistry registry = new EmbeddedSchemaRegistry();
    private final AvroWireSerializer serializer = new AvroWireSerializer(registry);
    private final AvroWireDeserializer deserializer = new AvroWireDeserializer(registry);

    AvroWireSerializer serializer() {
        return serializer;
    }

    Object deserialize(String topic, byte[] bytes) {
        return deserializer.deserialize(topic, bytes);
    }

    /** @param names what visitors are called */
    EventReader reader(VisitorNames names) {
        Map<EventType, Deserializer<?>> byInput = new EnumMap<>(EventType.class);
        for (EventType input : EventType.values()) {
            byInput.put(input, deserializer);
        }
        return new EventReader(byInput, 1024, names);
    }

    static EventType typeOf(EventRow row) {
        return switch (row.type()) {
            case EventRow.CLICK -> EventType.CLICK;
            case EventRow.VISIT -> EventType.VISIT;
            default -> EventType.PAYMENT;
        };
    }

    /** The row in the wire format, absent required texts as blank ones. */
    byte[] bytes(EventRow row) {
        EventType type = typeOf(row);
        return serializer.serialize("weir." + type.plural(), message(type, row));
    }

    private static SpecificRecord message(EventType type, EventRow row) {
        Instant time = Instant.ofEpochMilli(row.timeMs());
        return switch (type) {
            case CLICK ->
                new Click(
                        blankIfNull(row.id()),
                        blankIfNull(row.visitorId()),
                        blankIfNull(row.productId()),
                        blankIfNull(row.source()),
                        row.campaignId(),
                        row.costMicros(),
                        time);
            case VISIT ->
                new Visit(
                        blankIfNull(row.id()),
                        blankIfNull(row.visitorId()),
                        blankIfNull(row.productId()),
                        row.source(),
                        row.campaignId(),
                        row.clickId(),
                        time);
            case PAYMENT ->
                new Payment(
                        blankIfNull(row.id()),
                        blankIfNull(row.orderId()),
                        blankIfNull(row.visitorId()),
                        blankIfNull(row.productId()),
                        row.quantity(),
                        row.amountMicros(),
                        time);
        };
    }

    private static String blankIfNull(String text) {
        return text == null ? "" : text;
    }
}
