package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.Rejection;
import io.weir.serde.RejectedException;
import io.weir.serde.VisitorNames;
import io.weir.topology.Outgoing.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.Test;

class RefusedRecordsTest {
    private static final VisitorNames HIDDEN = VisitorNames.by(bytes("a key that is as long as it must be"));
    private static final byte[] VALUE = bytes("value of ann-4711");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Record<byte[], Outgoing> rejected(VisitorNames names, int maxKeptBytes, String detail) {
        Record<byte[], byte[]> message = new Record<>(bytes("ann-4711"), VALUE, 5);
        message.headers().add("trace", bytes("00-af7651916cd43dd8448eb211c80319c1-01"));
        message.headers().add("user", bytes("{\"id\":\"ann-4711\"}"));
        message.headers().add("empty", null);
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        context.setRecordMetadata("weir.visits", 3, 42);
        RecordMetadata origin = context.recordMetadata().orElseThrow();
        RejectedException why = new RejectedException(Rejection.UNDECODABLE, detail);
        return new RefusedRecords(maxKeptBytes, names).rejected(message, origin, why, 7);
    }

    private static Map<String, String> headers(Record<byte[], Outgoing> kept) {
        Map<String, String> headers = new TreeMap<>();
        kept.headers()
                .forEach(header -> headers.put(
                        header.key(),
                        Optional.ofNullable(header.value())
                                .map(value -> new String(value, StandardCharsets.UTF_8))
                                .orElse("")));
        return headers;
    }

    @Test
    void aRefusedRecordIsKeptAsItCameWithItsReasonAndOrigin() {
        Record<byte[], Outgoing> kept = rejected(VisitorNames.asTheyCome(), 10_000, "bad byte in ann-4711");
        assertThat(kept.key()).isEqualTo(bytes("ann-4711"));
        assertThat(((Refused) kept.value()).value()).isEqualTo(VALUE);
        assertThat(kept.timestamp()).isEqualTo(7);
        assertThat(headers(kept))
                .containsEntry("weir.reason", "undecodable")
                .containsEntry("weir.detail", "bad byte in ann-4711")
                .containsEntry("weir.topic", "weir.visits")
                .containsEntry("weir.partition", "3")
                .containsEntry("weir.offset", "42")
                .containsEntry("user", "{\"id\":\"ann-4711\"}")
                .hasSize(8);
    }

    @Test
    void whereVisitorsGoByPseudonymsNoHeaderHoldsTheId() {
        Record<byte[], Outgoing> kept = rejected(HIDDEN, 10_000, "bad byte in ann-4711");
        assertThat(kept.key()).isEqualTo(bytes("ann-4711"));
        assertThat(((Refused) kept.value()).value()).isEqualTo(VALUE);
        assertThat(headers(kept))
                .containsKeys("trace", "empty", "weir.topic", "weir.offset")
                .containsEntry("weir.reason", "undecodable")
                .doesNotContainKey("user");
        assertThat(headers(kept).toString()).doesNotContain("ann-4711");
        assertThat(headers(rejected(HIDDEN, 10_000, "bad byte 17"))).containsEntry("weir.detail", "bad byte 17");
    }

    @Test
    void ofARecordTooLargeForTheTopicTheReasonAndTheOriginAreKept() {
        Record<byte[], Outgoing> kept = rejected(HIDDEN, 100, "bad byte 17");
        assertThat(kept.key()).isEmpty();
        assertThat(((Refused) kept.value()).value()).isNull();
        assertThat(headers(kept))
                .containsOnlyKeys(
                        "weir.reason", "weir.detail", "weir.left.out", "weir.topic", "weir.partition", "weir.offset");
        assertThat(headers(kept).get("weir.detail")).contains("left out here: bad byte 17");
    }
}
