package io.weir.app.refused;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.app.config.ConfigKeys;
import io.weir.app.config.VisitorKeys;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.Codec;
import io.weir.serde.VisitorNames;
import io.weir.wire.RegistryUnavailableException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of a refused record. Where visitors go by pseudonyms, so they do here, unless they are to be revealed;
 * bytes that may hold an id are not shown then.
 */
final class RefusedView {
    private static final int MOST_HEX_BYTES = 64;
    private static final String VISITOR_ID = "visitor_id";
    private static final String HIDDEN = "hidden; --reveal shows it";

    private final VisitorNames names;
    private final boolean reveal;
    private @Nullable Deserializer<?> events;

    RefusedView(WeirConfig config, boolean reveal) {
        this.names = VisitorKeys.names(config).get();
        this.reveal = reveal || !names.arePseudonyms();
        boolean canDecode = !config.text(ConfigKeys.SCHEMA_REGISTRY_URL).isEmpty()
                || !config.text("event.deserializer").isEmpty();
        this.events = canDecode ? new Codec(config, null).eventDeserializer() : null;
    }

    ObjectNode of(RefusedRecord refused) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        SpecificRecord event = decoded(refused);
        node.put("topic", refused.partition().topic());
        node.put("partition", refused.partition().partition());
        node.put("offset", refused.offset());
        node.put("seen", Instant.ofEpochMilli(refused.seenMs()).toString());
        node.put("reason", refused.reason());
        node.put("detail", shown(refused.detail(), refused, event));
        RefusedRecord.Origin origin = refused.origin();
        if (origin != null) {
            node.putObject("origin")
                    .put("topic", origin.topic())
                    .put("partition", origin.partition())
                    .put("offset", origin.offset());
        }
        byte[] value = refused.value();
        if (refused.leftOutBytes() > 0) {
            node.put("left_out_bytes", refused.leftOutBytes());
            return node;
        }
        node.put("key", key(refused.key()));
        node.put("value_bytes", value == null ? 0 : value.length);
        if (event != null) {
            event(node.putObject("event"), event, refused);
        } else if (value != null) {
            node.put("value_hex", reveal ? hex(value) : HIDDEN);
        }
        return node;
    }

    private @Nullable SpecificRecord decoded(RefusedRecord refused) {
        RefusedRecord.Origin origin = refused.origin();
        if (events == null || origin == null || refused.value() == null) {
            return null;
        }
        try {
            return events.deserialize(origin.topic(), refused.headers(), refused.value())
                            instanceof SpecificRecord record
                    ? record
                    : null;
        } catch (RegistryUnavailableException e) {
            // Each further record would be waited for, too.
            events = null;
            return null;
        } catch (RuntimeException e) {
            return null;
        }
    }

    private void event(ObjectNode node, SpecificRecord event, RefusedRecord refused) {
        for (Schema.Field field : event.getSchema().getFields()) {
            Object value = event.get(field.pos());
            if (value == null) {
                node.putNull(field.name());
            } else if (value instanceof Long number) {
                node.put(field.name(), number);
            } else if (value instanceof Integer number) {
                node.put(field.name(), number);
            } else if (field.name().equals(VISITOR_ID)) {
                node.put(field.name(), visitor(value.toString().getBytes(StandardCharsets.UTF_8)));
            } else {
                node.put(field.name(), shown(value.toString(), refused, event));
            }
        }
    }

    /** The text, unless it holds an id that is to be hidden. */
    private String shown(String text, RefusedRecord refused, @Nullable SpecificRecord event) {
        if (reveal) {
            return text;
        }
        byte[] key = refused.key();
        boolean tells = key != null && key.length > 0 && text.contains(new String(key, StandardCharsets.UTF_8));
        Schema.Field visitor = event == null ? null : event.getSchema().getField(VISITOR_ID);
        if (event != null && visitor != null) {
            String id = String.valueOf(event.get(visitor.pos()));
            tells = tells || !id.isEmpty() && text.contains(id);
        }
        return tells ? HIDDEN : text;
    }

    private @Nullable String key(byte @Nullable [] key) {
        return key == null ? null : visitor(key);
    }

    private String visitor(byte[] id) {
        if (!reveal) {
            return names.name(id);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(id))
                    .toString();
        } catch (CharacterCodingException e) {
            return "0x" + hex(id);
        }
    }

    private static String hex(byte[] bytes) {
        String first = HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, MOST_HEX_BYTES)));
        return bytes.length > MOST_HEX_BYTES ? first + "…" : first;
    }
}
