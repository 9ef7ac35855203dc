package io.weir.app.config;

import io.weir.domain.EventType;
import io.weir.domain.Rules;
import io.weir.domain.WindowSize;
import io.weir.topology.PipelineSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigValue;

/** Every setting, checked. {@link ConfigKeys} declares the keys. */
public final class WeirConfig {
    private static final String REGISTRY_PREFIX = "schema.registry.";

    private final Map<String, Object> values;
    private final Map<String, String> kafka;

    private WeirConfig(Map<String, Object> values, Map<String, String> kafka) {
        this.values = values;
        this.kafka = kafka;
    }

    /**
     * Checks the settings.
     *
     * @throws ConfigurationException naming every problem at once
     */
    public static WeirConfig of(Map<String, String> settings) {
        Map<String, String> known = new TreeMap<>();
        Map<String, String> kafka = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        settings.forEach((key, value) -> {
            if (ConfigKeys.DEFINITION.names().contains(key)) {
                known.put(key, value);
            }
            if (key.startsWith(ConfigKeys.KAFKA_PREFIX)) {
                kafka.put(key.substring(ConfigKeys.KAFKA_PREFIX.length()), value);
            } else if (!ConfigKeys.DEFINITION.names().contains(key)) {
                problems.add(key + ": there is no such key" + suggestion(key)
                        + "; settings of the Kafka clients begin with " + ConfigKeys.KAFKA_PREFIX);
            }
        });
        for (ConfigValue value : ConfigKeys.DEFINITION.validate(known)) {
            value.errorMessages().stream().map(WeirConfig::readable).forEach(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new WeirConfig(ConfigKeys.DEFINITION.parse(known), kafka);
    }

    private static String readable(String message) {
        return message.replaceFirst("^Invalid value (.*) for configuration ([a-z0-9.]+): (.*)$", "$2: found $1; $3");
    }

    private static String suggestion(String key) {
        String squeezed = key.replaceAll("[^a-zA-Z0-9]", "");
        for (String name : ConfigKeys.DEFINITION.names()) {
            if (name.replace(".", "").equalsIgnoreCase(squeezed)) {
                return ", did you mean " + name + "?";
            }
        }
        return "";
    }

    /** A copy in which these settings have other values. */
    public WeirConfig with(Map<String, String> changes) {
        Map<String, String> settings = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (!key.startsWith(ConfigKeys.KAFKA_PREFIX)) {
                settings.put(key, textOf(value));
            }
        });
        kafka.forEach((key, value) -> settings.put(ConfigKeys.KAFKA_PREFIX + key, value));
        settings.putAll(changes);
        return of(settings);
    }

    private static String textOf(Object value) {
        return value instanceof org.apache.kafka.common.config.types.Password secret
                ? secret.value()
                : String.valueOf(value);
    }

    /** The value of a key that holds a text. */
    public String text(String key) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("there is no key " + key);
        }
        return textOf(value);
    }

    public int number(String key) {
        return Integer.parseInt(text(key));
    }

    public Duration duration(String key) {
        return Duration.parse(text(key));
    }

    /** Names the consumer group and, as their beginning, the internal topics. */
    public String applicationId() {
        return text("application.id");
    }

    public String currency() {
        return text("currency");
    }

    public ZoneId timeZone() {
        return ZoneId.of(text("time.zone"));
    }

    public long minVisitors() {
        return Long.parseLong(text("min.visitors"));
    }

    public BigDecimal defaultMargin() {
        return new BigDecimal(text("default.margin"));
    }

    public Path stateDir() {
        return Path.of(text(ConfigKeys.STATE_DIR));
    }

    public Set<WindowSize> windows() {
        Set<WindowSize> sizes = EnumSet.noneOf(WindowSize.class);
        for (String label : text(ConfigKeys.WINDOWS).split(",", -1)) {
            sizes.add(WindowSize.of(label.strip()));
        }
        return sizes;
    }

    public String topic(EventType input) {
        return text("topic." + input.plural());
    }

    public String windowsTopic() {
        return text("topic.windows");
    }

    public String lateTopic() {
        return text("topic.late.events");
    }

    public String deadLetterTopic() {
        return text("topic.dead.letters");
    }

    public String forgetTopic() {
        return text("topic.forget");
    }

    public String retriesTopic() {
        return text("topic.retries");
    }

    /** What is needed to work with a cluster and not there; each line names the key and the cure. */
    public List<String> missingForCluster() {
        List<String> missing = new ArrayList<>();
        if (text(ConfigKeys.BOOTSTRAP_SERVERS).isEmpty()) {
            missing.add(ConfigKeys.BOOTSTRAP_SERVERS + ": missing; where Kafka is, such as kafka:9092");
        }
        boolean ownCodec = text("event.deserializer").isEmpty()
                || text("output.serializer").isEmpty();
        if (ownCodec && text(ConfigKeys.SCHEMA_REGISTRY_URL).isEmpty()) {
            missing.add(ConfigKeys.SCHEMA_REGISTRY_URL
                    + ": missing; where the schema registry is, such as http://registry:8081");
        }
        return missing;
    }

    /** What was given with the prefix {@code kafka.}, without it. */
    public Map<String, String> kafka() {
        return Map.copyOf(kafka);
    }

    /** The settings of the schema registry's client and of pluggable serializers, blank ones left out. */
    public Map<String, Object> codec() {
        Map<String, Object> codec = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            boolean concerned = key.startsWith(REGISTRY_PREFIX) || key.endsWith("serializer");
            if (concerned && !textOf(value).isEmpty()) {
                codec.put(key, textOf(value));
            }
        });
        codec.putAll(kafka);
        return codec;
    }

    /** What the topology is told. */
    public PipelineSettings pipelineSettings(int inputPartitions, int maxKeptBytes) {
        Map<EventType, String> inputs = new EnumMap<>(EventType.class);
        for (EventType input : EventType.values()) {
            inputs.put(input, topic(input));
        }
        Map<WindowSize, Duration> retention = new EnumMap<>(WindowSize.class);
        for (WindowSize size : WindowSize.values()) {
            retention.put(size, duration("retention." + size.label()));
        }
        Rules rules = new Rules(
                duration("grace").toMillis(),
                duration("landing.window").toMillis(),
                duration("attribution.window").toMillis());
        return new PipelineSettings(
                inputs,
                inputPartitions,
                windowsTopic(),
                lateTopic(),
                deadLetterTopic(),
                forgetTopic(),
                rules,
                windows(),
                timeZone(),
                duration("max.future.skew"),
                duration("publish.interval"),
                duration("idle.timeout"),
                retention,
                duration(ConfigKeys.CREDIT_RETENTION),
                number("max.field.length"),
                number("max.journey.bytes"),
                maxKeptBytes,
                text("processing.guarantee").equals("exactly_once_v2"));
    }
}
