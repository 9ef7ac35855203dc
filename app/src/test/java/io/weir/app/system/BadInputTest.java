package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.EventSink;
import io.weir.domain.EventType;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.topology.Names;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** No record, whatever it holds, stops the pipeline, touches its neighbours or gets lost. */
@ExtendWith(SharedBroker.class)
class BadInputTest {
    private static final long TEN = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
    private static final int FIVE_MB = 5 << 20;
    private static final int PARTITION = Events.partition("ann", Application.PARTITIONS);

    @TempDir
    Path folder;

    /** A record that does not count, and why. */
    private record Bad(String outcome, EventType input, byte[] key, byte[] value) {}

    @Test
    void badRecordsAreCountedAndKeptByteForByteAndTheirNeighboursAreExact(BrokerProcess broker) throws Exception {
        List<EventRow> good = goodEvents();
        try (Application weir = new Application("bad", broker, folder, Map.of());
                Producer<byte[], byte[]> producer = producerOfLargeRecords(weir.config())) {
            List<Bad> bad = badRecords(weir);
            Map<String, Bad> byOrigin = new HashMap<>();
            Child instance = weir.start(1);
            for (int i = 0; i < Math.max(good.size(), bad.size()); i++) {
                if (i < good.size()) {
                    EventRow row = good.get(i);
                    EventType input = Events.typeOf(row);
                    send(producer, weir, input, i, bytes(row.visitorId()), weir.bytes(row));
                }
                if (i < bad.size()) {
                    Bad each = bad.get(i);
                    RecordMetadata sent = send(producer, weir, each.input(), i, each.key(), each.value());
                    byOrigin.put(sent.topic() + " " + sent.partition() + " " + sent.offset(), each);
                }
            }

            RunningWeir running = RunningWeir.of(instance);
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(running.events()).isEqualTo(expectedCounts(good, bad)));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(weir.windowsCsv())
                            .isEqualTo(BatchOracle.file(BatchOracle.windowsCsv(good, OracleSettings.DEFAULT))));
            assertKept(weir, weir.config().lateTopic(), byOrigin, true);
            assertKept(weir, weir.config().deadLetterTopic(), byOrigin, false);
            assertThat(instance.isAlive()).isTrue();
            assertThat(running.status("health/ready")).isEqualTo(200);
            assertThat(instance.err()).doesNotContain("stream thread failed");
        }
    }

    private static List<EventRow> goodEvents() {
        List<EventRow> good = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            long timeMs = TEN + i * 1_000;
            good.add(EventRow.click("c" + i, "ann", "mug", "ads", "spring", 100_000 + i, timeMs));
            good.add(EventRow.visit("v" + i, "ann", "mug", null, null, "c" + i, timeMs + 1));
            good.add(EventRow.payment("p" + i, "ann", "mug", 1 + i, 9_000_000 + i, timeMs + 2));
        }
        return good;
    }

    private static List<Bad> badRecords(Application weir) throws Exception {
        byte[] ann = bytes("ann");
        byte[] visit = weir.bytes(EventRow.visit("x", "ann", "mug", "search", null, null, TEN));
        byte[] garbage = new byte[FIVE_MB];
        new Random(5).nextBytes(garbage);
        garbage[0] = 0x7B;
        List<Bad> bad = new ArrayList<>(List.of(
                new Bad("rejected undecodable", EventType.VISIT, ann, new byte[] {1, 2, 3}),
                new Bad("rejected undecodable", EventType.CLICK, ann, new byte[0]),
                new Bad("rejected undecodable", EventType.PAYMENT, ann, null),
                new Bad("rejected undecodable", EventType.VISIT, null, null),
                new Bad("rejected undecodable", EventType.VISIT, ann, garbage),
                new Bad("rejected undecodable", EventType.VISIT, ann, Arrays.copyOf(visit, visit.length - 2)),
                new Bad("rejected unknown_schema", EventType.VISIT, ann, new byte[] {0, 0x7F, 0, 0, 1, 2, 3}),
                new Bad("rejected wrong_schema", EventType.CLICK, ann, visit),
                new Bad("rejected wrong_key", EventType.VISIT, bytes("bob"), visit),
                new Bad("rejected wrong_key", EventType.VISIT, null, visit)));
        bad.add(bad("rejected missing_id", weir, EventRow.visit(" ", "ann", "mug", null, null, null, TEN)));
        bad.add(bad("rejected missing_visitor_id", weir, EventRow.visit("x", "", "mug", null, null, null, TEN)));
        bad.add(bad("rejected missing_product_id", weir, EventRow.visit("x", "ann", "", null, null, null, TEN)));
        bad.add(bad("rejected missing_source", weir, EventRow.click("x", "ann", "mug", " ", null, 1, TEN)));
        bad.add(bad("rejected negative_cost", weir, EventRow.click("x", "ann", "mug", "ads", null, -1, TEN)));
        bad.add(bad("rejected negative_amount", weir, EventRow.payment("x", "ann", "mug", 1, -1, TEN)));
        bad.add(bad("rejected quantity_below_one", weir, EventRow.payment("x", "ann", "mug", 0, 1, TEN)));
        bad.add(bad("rejected sum_overflow", weir, EventRow.payment("x", "ann", "mug", 1, Long.MAX_VALUE, TEN)));
        bad.add(bad("rejected sum_overflow", weir, EventRow.click("y", "ann", "mug", "ads", null, 1L << 62, TEN)));
        bad.add(bad(
                "rejected event_time_in_future",
                weir,
                visitAt(Instant.parse("2099-01-01T00:00:00Z").toEpochMilli())));
        bad.add(bad("rejected event_time_in_future", weir, visitAt(Long.MAX_VALUE)));
        bad.add(bad("rejected event_time_negative", weir, visitAt(-1)));
        bad.add(bad("late", weir, visitAt(TEN / 1_000)));
        bad.add(bad("late", weir, visitAt(TEN - 600_001 + 5_000)));
        bad.add(bad(
                "rejected field_too_long",
                weir,
                EventRow.visit("x", "ann", "m".repeat(FIVE_MB), null, null, null, TEN)));
        return bad;
    }

    private static EventRow visitAt(long timeMs) {
        return EventRow.visit("x" + timeMs, "ann", "mug", null, null, null, timeMs);
    }

    private static Bad bad(String outcome, Application weir, EventRow row) throws Exception {
        return new Bad(outcome, Events.typeOf(row), bytes("ann"), weir.bytes(row));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Producer<byte[], byte[]> producerOfLargeRecords(WeirConfig config) {
        return EventSink.producer(config.with(Map.of("kafka.max.request.size", Integer.toString(16 << 20))));
    }

    /** Record times that rise, so that the pipeline reads all topics in just this order. */
    private static RecordMetadata send(
            Producer<byte[], byte[]> producer, Application weir, EventType input, int place, byte[] key, byte[] value)
            throws Exception {
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", bytes("t" + place));
        return producer.send(new ProducerRecord<>(
                        weir.config().topic(input), PARTITION, TEN + place * 10L, key, value, headers))
                .get();
    }

    private static Map<String, Long> expectedCounts(List<EventRow> good, List<Bad> bad) {
        Map<String, Long> counts = new TreeMap<>();
        good.forEach(row -> counts.merge(Events.typeOf(row).plural() + " accepted", 1L, Long::sum));
        bad.forEach(each -> counts.merge(each.input().plural() + " " + each.outcome(), 1L, Long::sum));
        return counts;
    }

    private static void assertKept(Application weir, String topic, Map<String, Bad> byOrigin, boolean late) {
        Map<String, Bad> expected = new HashMap<>(byOrigin);
        expected.values().removeIf(each -> each.outcome().equals("late") != late);
        List<ConsumerRecord<byte[], byte[]>> kept = weir.read(topic);
        assertThat(kept).as(topic).hasSameSizeAs(expected.keySet());
        for (ConsumerRecord<byte[], byte[]> message : kept) {
            String origin = header(message, Names.TOPIC_HEADER) + " " + header(message, Names.PARTITION_HEADER) + " "
                    + header(message, Names.OFFSET_HEADER);
            Bad given = expected.remove(origin);
            assertThat(given).as(origin).isNotNull();
            assertThat(message.key()).as(origin).isEqualTo(given.key());
            assertThat(Arrays.equals(message.value(), given.value()))
                    .as("%s byte for byte", origin)
                    .isTrue();
            assertThat(header(message, Names.REASON_HEADER))
                    .isEqualTo(given.outcome().replace("rejected ", ""));
            assertThat(header(message, Names.DETAIL_HEADER)).isNotBlank();
            assertThat(header(message, "trace")).startsWith("t");
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
