package io.weir.app.config;

import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Declares each key once: its type, default, what is allowed, what for. The README's table is generated from here. */
public final class ConfigKeys {
    public static final String KAFKA_PREFIX = "kafka.";
    public static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    public static final String HTTP_HOST = "http.host";
    public static final String HTTP_PORT = "http.port";
    public static final String HTTP_ADVERTISED = "http.advertised";
    public static final String HTTP_KEYSTORE = "http.tls.keystore";
    public static final String HTTP_KEYSTORE_PASSWORD = "http.tls.keystore.password";
    public static final String HTTP_USER = "http.basic.auth.user";
    public static final String HTTP_PASSWORD = "http.basic.auth.password";
    public static final String HTTP_INSECURE = "http.insecure";
    public static final String STATE_DIR = "state.dir";
    public static final String VISITOR_KEY = "visitor.key";
    public static final String VISITOR_KEY_FILE = "visitor.key.file";
    public static final String VISITOR_KEY_BEFORE = "visitor.key.previous";
    public static final String VISITOR_KEY_BEFORE_FILE = "visitor.key.previous.file";
    public static final String TOPIC_RETENTION = "topic.retention";
    public static final String REFUSED_RETENTION = "topic.refused.retention";
    public static final String FORGET_RETENTION = "topic.forget.retention";
    public static final String COMPACTION_LAG = "changelog.compaction.lag";
    public static final String CREDIT_RETENTION = "credit.retention";
    public static final String WINDOWS = "windows";
    public static final String METRICS_RANK_BY = "metrics.rank.by";
    public static final String METRICS_PRODUCTS = "metrics.products";
    public static final String METRICS_SOURCES = "metrics.sources";
    public static final String METRICS_PRODUCT_SOURCES = "metrics.product.sources";
    public static final String METRICS_CAMPAIGNS = "metrics.campaigns";

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
                    METRICS_RANK_BY,
                    Type.STRING,
                    "visitors",
                    Constraints.rankable(),
                    Importance.LOW,
                    "The measure or ratio that decides which keys have series of their own in /metrics, and which rows are held in memory.")
            .define(
                    METRICS_PRODUCTS,
                    Type.INT,
                    100,
                    Range.between(0, 2_000),
                    Importance.MEDIUM,
                    "How many products each instance shows in /metrics; one that falls behind stays until it is a quarter beyond. The rest is summed as `__other__`.")
            .define(METRICS_SOURCES, Type.INT, 50, Range.between(0, 500), Importance.MEDIUM, "The same for sources.")
            .define(
                    METRICS_PRODUCT_SOURCES,
                    Type.INT,
                    200,
                    Range.between(0, 2_000),
                    Importance.MEDIUM,
                    "The same for pairs of product and source.")
            .define(
                    METRICS_CAMPAIGNS,
                    Type.INT,
                    100,
                    Range.between(0, 1_000),
                    Importance.MEDIUM,
                    "The same for campaigns.")
            .define(
                    HTTP_HOST,
                    Type.STRING,
                    "127.0.0.1",
                    Constraints.notBlank(),
                    Importance.MEDIUM,
                    "The address that the page, the metrics and the API listen on. Any other than this machine's own needs TLS and a login, or http.insecure.")
            .define(
                    HTTP_PORT,
                    Type.INT,
                    8080,
                    Range.between(0, 65535),
                    Importance.MEDIUM,
                    "Its port. 0 takes any free one and prints it.")
            .define(
                    HTTP_ADVERTISED,
                    Type.STRING,
                    "",
                    Constraints.address(),
                    Importance.MEDIUM,
                    "Where other instances reach this one. Blank for http.host and the port; needed where the machine's own name means nothing to them.")
            .define(
                    HTTP_KEYSTORE,
                    Type.STRING,
                    "",
                    Constraints.pathOrBlank(),
                    Importance.MEDIUM,
                    "A PKCS12 or PEM file with the key and certificates for HTTPS. Blank for plain HTTP. Instances trust each other by what Java trusts and by this file.")
            .define(HTTP_KEYSTORE_PASSWORD, Type.PASSWORD, "", Importance.MEDIUM, "What protects that file.")
            .define(
                    HTTP_USER,
                    Type.STRING,
                    "",
                    Importance.MEDIUM,
                    "Who may ask, by basic authentication; all but /health needs it then. Blank for anybody.")
            .define(HTTP_PASSWORD, Type.PASSWORD, "", Importance.MEDIUM, "Their password. The same in all instances.")
            .define(
                    HTTP_INSECURE,
                    Type.STRING,
                    "false",
                    Constraints.trueOrFalse(),
                    Importance.MEDIUM,
                    "true lets http.host be any address without TLS and login, for networks that keep strangers out.")
            .define(
                    VISITOR_KEY_FILE,
                    Type.STRING,
                    "",
                    Importance.HIGH,
                    "A file with the key, 32 bytes or more, by which visitor ids become pseudonyms as soon as they are read. The same in all instances. Blank for none: ids are stored as they come.")
            .define(
                    VISITOR_KEY,
                    Type.PASSWORD,
                    "",
                    Importance.HIGH,
                    "The key itself in place of a file; best by the environment, WEIR_VISITOR_KEY, which no list of processes shows.")
            .define(
                    VISITOR_KEY_BEFORE_FILE,
                    Type.STRING,
                    "",
                    Importance.MEDIUM,
                    "The key that was used before, while journeys may still be stored under it; none if there was no key. Blank once they have aged.")
            .define(VISITOR_KEY_BEFORE, Type.PASSWORD, "", Importance.MEDIUM, "That key itself in place of a file.")
            .define(
                    STATE_DIR,
                    Type.STRING,
                    "weir-state",
                    Constraints.path(),
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
                    "topic.forget",
                    Type.STRING,
                    "weir.forget",
                    Constraints.topicName(),
                    Importance.MEDIUM,
                    "What ./weir forget asks. Has as many partitions as the inputs.")
            .define(
                    "topic.retries",
                    Type.STRING,
                    "weir.retries",
                    Constraints.topicName(),
                    Importance.LOW,
                    "How far late events and dead letters have been sent back; ./weir dead-letters retry creates it.")
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
                    TOPIC_RETENTION,
                    Type.STRING,
                    "P30D",
                    Constraints.durationOfAtLeast(Duration.ofHours(1)),
                    Importance.MEDIUM,
                    "How long the inputs and the window results that Weir creates keep records, by the records' timestamps.")
            .define(
                    REFUSED_RETENTION,
                    Type.STRING,
                    "P30D",
                    Constraints.durationOfAtLeast(Duration.ofHours(1)),
                    Importance.MEDIUM,
                    "The same for late events and dead letters, which hold visitor ids as they came.")
            .define(
                    FORGET_RETENTION,
                    Type.STRING,
                    "P7D",
                    Constraints.durationOfAtLeast(Duration.ofHours(1)),
                    Importance.LOW,
                    "How long ./weir forget may be ahead of a pipeline that stands still. What has been done is deleted at once.")
            .define(
                    COMPACTION_LAG,
                    Type.STRING,
                    "P1D",
                    Constraints.durationOfAtLeast(Duration.ofHours(1)),
                    Importance.LOW,
                    "Within which time Kafka compacts the stores' changelogs, and after which it drops the marks of what was deleted. State on disk that was not kept up to date for three quarters of it is restored whole.")
            .define(
                    "retention.1m",
                    Type.STRING,
                    "P2D",
                    Constraints.durationOfAtLeast(Duration.ofHours(25)),
                    Importance.LOW,
                    "How long minutes are kept behind the watermark, for serving, corrections and the rolling windows.")
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
                    CREDIT_RETENTION,
                    Type.STRING,
                    "P8D",
                    Constraints.durationOfAtLeast(Duration.ZERO),
                    Importance.LOW,
                    "How long it is kept what an order was credited to and why, behind stream time. PT0S for not at all.")
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

    private ConfigKeys() {}
}
