package io.weir.wire;

import io.weir.schema.Click;
import io.weir.schema.Payment;
import io.weir.schema.Visit;
import io.weir.schema.WindowResult;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The generated classes, and the only ones that a schema may name. From 1.12.2 on, Avro instantiates no class that the
 * process has not declared trusted; loading this class declares ours, in addition to what is trusted already.
 */
final class RecordTypes {
    /** Followed by a topic: the class of the records that it must carry. */
    static final String TOPIC_PREFIX = "record.type.";

    private static final Map<String, Schema> BY_NAME =
            declareTrusted(List.of(new Click(), new Visit(), new Payment(), new WindowResult()));

    private RecordTypes() {}

    /** The schema of our class of that full name, or null if we have none. */
    static @Nullable Schema named(String fullName) {
        return BY_NAME.get(fullName);
    }

    static Set<String> names() {
        return BY_NAME.keySet();
    }

    /**
     * The record that each topic must carry, from {@code record.type.<topic>} settings.
     *
     * @throws ConfigException if one names no class of ours
     */
    static Map<String, Schema> byTopic(Map<String, ?> configs) {
        Map<String, Schema> byTopic = new HashMap<>();
        configs.forEach((key, value) -> {
            if (key.startsWith(TOPIC_PREFIX)) {
                Schema schema = BY_NAME.get(String.valueOf(value));
                if (schema == null) {
                    throw new ConfigException(key, value, "must be one of " + names());
                }
                byTopic.put(key.substring(TOPIC_PREFIX.length()), schema);
            }
        });
        return Map.copyOf(byTopic);
    }

    private static Map<String, Schema> declareTrusted(List<SpecificRecordBase> records) {
        Map<String, Schema> byName = new TreeMap<>();
        ClassSecurityValidator.Builder ours = ClassSecurityValidator.builder();
        for (SpecificRecordBase record : records) {
            byName.put(record.getSchema().getFullName(), record.getSchema());
            ours.add(record.getClass());
        }
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), ours.build()));
        return Collections.unmodifiableMap(byName);
    }
}
