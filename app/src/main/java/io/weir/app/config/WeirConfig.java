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
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigValue;

/** Every setting, checked. {@link #DEFINITION} declares each key once: its type, default, what is allowed, what for. */
public final class WeirConfig {
    public static final String KAFKA_PREFIX = "kafka.";
    public static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    public static final String HTTP_PORT = "http.port";
    public static final String STATE_DIR = "state.dir";
    public static final String WINDOWS = "windows";

    private static final String REGISTRY_PREFIX = "schema.registry.";
    private static final int MAX_TEXT = 10_000;

    public static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    "currency",
                    Type.STRING,
                    "CNY",
                    Constraints.currency(),
                    Importance.HIGH,
                    "The one currency in which all money is reported. Amounts are not converted.")
            .define(
                    "grace",
                    Type.STRING,
                    "PT10M",
                    Constraints.durationOfAtLeast(Duration.ZERO),
                    Importance.HIGH,
                    "How far an event may lie behind stream time and still count. Later ones go to the late-events topic.")
            .define(
                    "landing.window",
                    Type.STRING,
                    "PT30M",
                    Constraints.durationOfAtLeast(Duration.ofMillis(1)),
                    Importance.HIGH,
                    "How long before a visit a click may lie to have brought it. Open at its start.")
            .define(
                    "attribution.window",
                    Type.STRING,
                    "P7D",
                    Constraints.durationOfAtLeast(Duration.ofMillis(1)),
                    Importance.HIGH,
                    "How long before a payment a touch may lie to be credited. Open at its start.")
            .define(
                    "time.zone",
                    Type.STRING,
                    "UTC",
                    Constraints.timeZone(),
                    Importance.HIGH,
                    "Whose calendar days the 1d windows are.")
            .define(
                    WINDOWS,
                    Type.STRING,
                    "1m,1h,1d",
                    Constraints.windows(),
                    Importance.HIGH,
                    "Which tumbling windows are computed.")
            .define(
                    "max.future.skew",
                    Type.STRING,
                    "PT5M",
                    Constraints.durationOfAtLeast(Duration.ZERO),
                    Importance.MEDIUM,
                    "How far an event time may lie ahead of the wall clock. Later ones are rejected: they would make all others late.")
            .define(
                    "publish.interval",
                    Type.STRING,
                    "PT1S",
                    Constraints.durationOfAtLeast(Duration.ofMillis(10)),
                    Importance.MEDIUM,
                    "How often changed figures are published.")
            .define(
                    "idle.timeout",
                    Type.STRING,
                    "PT30S",
                    Constraints.durationOfAtLeast(Duration.ofMillis(100)),
                    Importance.MEDIUM,
                    "After how long a partition that is silent and caught up stops holding back the watermark.")
            .define(
                    "min.visitors",
                    Type.LONG,
                    30L,
                    Range.between(0, Integer.MAX_VALUE),
                    Importance.MEDIUM,
                    "A ratio on fewer visitors is shown as unreliable.")
            .define(
                    "default.margin",
                    Type.STRING,
                    "1",
                    Constraints.margin(),
                    Importance.MEDIUM,
                    "Gross profit as a share of revenue, for ROI. 1 takes all revenue as profit.")
            .define(
                    "http.host",
                    Type.STRING,
                    "127.0.0.1",
                    Constraints.notBlank(),
                    Importance.MEDIUM,
                    "The address that the page, the metrics and the API listen on.")
            .define(
                    HTTP_PORT,
                    Type.INT,
                    8080,
                    Range.between(0, 65535),
                    Importance.MEDIUM,
                    "Its port. 0 takes any free one and prints it.")
            .define(
                    STATE_DIR,
                    Type.STRING,
                    "weir-state",
                    Constraints.notBlank(),
                    Importance.HIGH,
                    "Where the state stores are kept. Belongs to one instance alone.")
            .define(
                    BOOTSTRAP_SERVERS,
                    Type.STRING,
                    "",
                    Importance.HIGH,
                    "Kafka, as host:port, several with commas. Needed by run; demo and replay --embedded bring their own.")
            .define(
                    SCHEMA_REGISTRY_URL,
                    Type.STRING,
                    "",
                    Importance.HIGH,
                    "A schema registry with Confluent's API. Needed by run; demo and replay --embedded bring their own.")
            .define(
                    "schema.registry.basic.auth.user.info",
                    Type.PASSWORD,
                    "",
                    Importance.MEDIUM,
                    "user:password for the schema registry.")
            .define(
                    "schema.registry.ssl.truststore.location",
                    Type.STRING,
                    "",
                    Importance.LOW,
                    "Whom to trust when the schema registry is spoken to over TLS. Blank for what Java trusts.")
            .define("schema.registry.ssl.truststore.password", Type.PASSWORD, "", Importance.LOW, "Its password.")
            .define(
                    "schema.registry.ssl.truststore.type",
                    Type.STRING,
                    "",
                    Importance.LOW,
                    "JKS, PKCS12 or PEM. Blank for Java's default.")
            .define(
                    "schema.registry.ssl.keystore.location",
                    Type.STRING,
                    "",
                    Importance.LOW,
                    "The client certificate for the schema registry. Blank for none.")
            .define("schema.registry.ssl.keystore.password", Type.PASSWORD, "", Importance.LOW, "Its password.")
            .define(
                    "schema.registry.ssl.keystore.type",
                    Type.STRING,
                    "",
                    Importance.LOW,
                    "JKS, PKCS12 or PEM. Blank for Java's default.")
            .define(
                    "schema.registry.ssl.key.password",
                    Type.PASSWORD,
                    "",
                    Importance.LOW,
                    "The password of the client certificate's key.")
            .define(
                    "event.deserializer",
                    Type.STRING,
                    "",
                    Importance.LOW,
                    "A Kafka deserializer class that yields Weir's records, such as io.confluent.kafka.serializers.KafkaAvroDeserializer. Blank for Weir's own. Gets the kafka. settings.")
            .define(
                    "output.serializer",
                    Type.STRING,
                    "",
                    Importance.LOW,
                    "A Kafka serializer class that takes Weir's records. Blank for Weir's own. Gets the kafka. settings.")
            .define(
                    "application.id",
                    Type.STRING,
                    "weir",
                    Constraints.topicName(),
                    Importance.HIGH,
                    "Names the consumer group, the internal topics and the state. Instances with the same id share the work.")
            .define(
                    "processing.guarantee",
                    Type.STRING,
                    "exactly_once_v2",
                    Constraints.guarantee(),
                    Importance.HIGH,
                    "at_least_once is a little cheaper; after a crash its figures can be wrong.")
            .define(
                    "stream.threads",
                    Type.INT,
                    2,
                    Range.between(1, 256),
                    Importance.MEDIUM,
                    "Threads of this instance. More than there are partitions are of no use.")
            .define(
                    "topic.clicks",
                    Type.STRING,
                    "weir.clicks",
                    Constraints.topicName(),
                    Importance.MEDIUM,
                    "Input: paid clicks, keyed by visitor_id.")
            .define(
                    "topic.visits",
                    Type.STRING,
                    "weir.visits",
                    Constraints.topicName(),
                    Importance.MEDIUM,
                    "Input: product page views, keyed by visitor_id.")
            .define(
                    "topic.payments",
                    Type.STRING,
                    "weir.payments",
                    Constraints.topicName(),
                    Importance.MEDIUM,
                    "Input: paid order lines, keyed by visitor_id.")
            .define(
                    "topic.windows",
                    Type.STRING,
                    "weir.windows",
                    Constraints.topicName(),
                    Importance.MEDIUM,
                    "Output: window results, keyed by dimension key.")
            .define(
                    "topic.late.events",
                    Type.STRING,
                    "weir.late-events",
                    Constraints.topicName(),
                    Importance.MEDIUM,
                    "Output: events that came too late, as they came.")
            .define(
                    "topic.dead.letters",
                    Type.STRING,
                    "weir.dead-letters",
                    Constraints.topicName(),
                    Importance.MEDIUM,
                    "Output: rejected records, as they came.")
            .define(
                    "topic.partitions",
                    Type.INT,
                    4,
                    Range.between(1, 1024),
                    Importance.MEDIUM,
                    "Partitions of the topics that Weir creates, where no input is there to go by. The inputs must all have the same number.")
            .define(
                    "topic.replication.factor",
                    Type.INT,
                    -1,
                    Range.between(-1, 32),
                    Importance.MEDIUM,
                    "Replicas of the topics that Weir creates. -1 for the broker's default.")
            .define(
                    "topic.retention",
                    Type.STRING,
                    "P30D",
                    Constraints.durationOfAtLeast(Duration.ofHours(1)),
                    Importance.MEDIUM,
                    "How long the topics that Weir creates keep records, by the records' timestamps.")
            .define(
                    "retention.1m",
                    Type.STRING,
                    "P2D",
                    Constraints.durationOfAtLeast(Duration.ofHours(1)),
                    Importance.LOW,
                    "How long minutes are kept behind the watermark, for serving and corrections.")
            .define(
                    "retention.1h",
                    Type.STRING,
                    "P8D",
                    Constraints.durationOfAtLeast(Duration.ofHours(2)),
                    Importance.LOW,
                    "How long hours are kept.")
            .define(
                    "retention.1d",
                    Type.STRING,
                    "P40D",
                    Constraints.durationOfAtLeast(Duration.ofDays(2)),
                    Importance.LOW,
                    "How long days are kept.")
            .define(
                    "max.field.length",
                    Type.INT,
                    1024,
                    Range.between(16, MAX_TEXT),
                    Importance.LOW,
                    "Characters that a text of an event may have. Longer ones are rejected.")
            .define(
                    "max.journey.bytes",
                    Type.INT,
                    128 * 1024,
                    Range.between(16 * 1024, 900_000),
                    Importance.LOW,
                    "Bytes that one visitor's stored journey may take up. A robot that reaches it has further events rejected.");

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
            if (DEFINITION.names().contains(key)) {
                known.put(key, value);
            }
            if (key.startsWith(KAFKA_PREFIX)) {
                kafka.put(key.substring(KAFKA_PREFIX.length()), value);
            } else if (!DEFINITION.names().contains(key)) {
                problems.add(key + ": there is no such key" + suggestion(key)
                        + "; settings of the Kafka clients begin with " + KAFKA_PREFIX);
            }
        });
        for (ConfigValue value : DEFINITION.validate(known)) {
            value.errorMessages().stream().map(WeirConfig::readable).forEach(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new WeirConfig(DEFINITION.parse(known), kafka);
    }

    private static String readable(String message) {
        return message.replaceFirst("^Invalid value (.*) for configuration ([a-z0-9.]+): (.*)$", "$2: found $1; $3");
    }

    private static String suggestion(String key) {
        String squeezed = key.replaceAll("[^a-zA-Z0-9]", "");
        for (String name : DEFINITION.names()) {
            if (name.replace(".", "").equalsIgnoreCase(squeezed)) {
                return ", did you mean " + name + "?";
            }
        }
        return "";
    }

    /** A copy in which these settings have other values. */
    public WeirConfig with(Map<String, String> changes) {
        Map<String, String> settings = new LinkedHashMap<>();
        values.forEach((key, value) -> settings.put(key, textOf(value)));
        kafka.forEach((key, value) -> settings.put(KAFKA_PREFIX + key, value));
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
        return Path.of(text(STATE_DIR));
    }

    public Set<WindowSize> windows() {
        Set<WindowSize> sizes = EnumSet.noneOf(WindowSize.class);
        for (String label : text(WINDOWS).split(",", -1)) {
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

    /** What is needed to work with a cluster and not there; each line names the key and the cure. */
    public List<String> missingForCluster() {
        List<String> missing = new ArrayList<>();
        if (text(BOOTSTRAP_SERVERS).isEmpty()) {
            missing.add(BOOTSTRAP_SERVERS + ": missing; where Kafka is, such as kafka:9092");
        }
        boolean ownCodec = text("event.deserializer").isEmpty()
                || text("output.serializer").isEmpty();
        if (ownCodec && text(SCHEMA_REGISTRY_URL).isEmpty()) {
            missing.add(SCHEMA_REGISTRY_URL + ": missing; where the schema registry is, such as http://registry:8081");
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
                rules,
                windows(),
                timeZone(),
                duration("max.future.skew"),
                duration("publish.interval"),
                duration("idle.timeout"),
                retention,
                number("max.field.length"),
                number("max.journey.bytes"),
                maxKeptBytes);
    }
}
