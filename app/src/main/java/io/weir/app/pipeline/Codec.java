package io.weir.app.pipeline;

import io.weir.app.config.WeirConfig;
import io.weir.domain.EventType;
import io.weir.schema.Click;
import io.weir.schema.Payment;
import io.weir.schema.Visit;
import io.weir.serde.EventReader;
import io.weir.serde.VisitorNames;
import io.weir.wire.AvroWireDeserializer;
import io.weir.wire.Codecs;
import io.weir.wire.SchemaRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** How events are read and results are written: by Weir's own codec, or by the classes that the configuration names. */
public final class Codec {
    private final WeirConfig config;
    private final Map<String, Object> settings;

    /** @param registry null for the one at {@code schema.registry.url} */
    public Codec(WeirConfig config, @Nullable SchemaRegistry registry) {
        this.config = config;
        this.settings = new HashMap<>(config.codec());
        if (registry != null) {
            settings.put("schema.registry.client", registry);
        }
        settings.put(AvroWireDeserializer.RECORD_TYPE_PREFIX + config.topic(EventType.CLICK), Click.class.getName());
        settings.put(AvroWireDeserializer.RECORD_TYPE_PREFIX + config.topic(EventType.VISIT), Visit.class.getName());
        settings.put(
                AvroWireDeserializer.RECORD_TYPE_PREFIX + config.topic(EventType.PAYMENT), Payment.class.getName());
    }

    /** A reader of events, with the names for their visitors; for one thread. */
    public EventReader eventReader(VisitorNames names) {
        Deserializer<?> deserializer = Codecs.eventDeserializer(settings);
        Map<EventType, Deserializer<?>> byInput = new EnumMap<>(EventType.class);
        for (EventType input : EventType.values()) {
            byInput.put(input, deserializer);
        }
        return new EventReader(byInput, config.number("max.field.length"), names);
    }

    /** A writer of Weir's records; for any thread. */
    public Serializer<SpecificRecord> serializer() {
        return Codecs.outputSerializer(settings);
    }

    /** A decoder of events, valid or not; for one thread. */
    public Deserializer<?> eventDeserializer() {
        return Codecs.eventDeserializer(settings);
    }

    /** A reader of Weir's own results. */
    public Deserializer<?> resultDeserializer() {
        return Codecs.eventDeserializer(settings);
    }
}
