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

    private static final RejectedException TOO_MANY = known("too many of ann-4711");

    /** Of a record whose key is its visitor's id. */
    private static RejectedException known(String detail) {
        return new RejectedException(Rejection.JOURNEY_FULL, detail).ofVisitorInKey();
    }

    private static RejectedException unknown(String detail) {
        return new RejectedException(Rejection.UNDECODABLE, detail);
    }

    private static Record<byte[], Outgoing> rejected(VisitorNames names, int maxKeptBytes, RejectedException why) {
        Record<byte[], byte[]> message = new Record<>(bytes("ann-4711"), VALUE, 5);
        message.headers().add("trace", bytes("00-af7651916cd43dd8448eb211c80319c1-01"));
        message.headers().add("user", bytes("{\"id\":\"ann-4711\"}"));
        message.headers().add("session-of-ann-4711", bytes("17"));
        message.headers().add("empty", null);
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        context.setRecordMetadata("weir.visits", 3, 42);
        RecordMetadata origin = context.recordMetadata().orElseThrow();
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
        Record<byte[], Outgoing> kept = rejected(VisitorNames.asTheyCome(), 10_000, unknown("bad byte in ann-4711"));
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
                .containsEntry("session-of-ann-4711", "17")
                .hasSize(9);
    }

    @Test
    void whereVisitorsGoByPseudonymsNoHeaderHoldsTheIdInItsNameOrValue() {
        Record<byte[], Outgoing> kept = rejected(HIDDEN, 10_000, TOO_MANY);
        assertThat(kept.key()).isEqualTo(bytes("ann-4711"));
        assertThat(((Refused) kept.value()).value()).isEqualTo(VALUE);
        assertThat(headers(kept))
                .containsOnlyKeys(
                        "trace", "empty", "weir.reason", "weir.detail", "weir.topic", "weir.partition", "weir.offset")
                .containsEntry("weir.reason", "journey_full");
        assertThat(headers(kept).toString()).doesNotContain("ann-4711");
        assertThat(headers(rejected(HIDDEN, 10_000, known("bad byte 17")))).containsEntry("weir.detail", "bad byte 17");
    }

    @Test
    void whereVisitorsGoByPseudonymsAndTheKeyMayNotBeTheVisitorNoHeaderThatCameIsKept() {
        Record<byte[], Outgoing> kept = rejected(HIDDEN, 10_000, unknown("bad byte 17"));
        assertThat(kept.key()).isEqualTo(bytes("ann-4711"));
        assertThat(headers(kept))
                .containsOnlyKeys("weir.reason", "weir.detail", "weir.topic", "weir.partition", "weir.offset")
                .containsEntry("weir.detail", "bad byte 17");
    }

    @Test
    void ofARecordTooLargeForTheTopicTheReasonAndTheOriginAreKept() {
        Record<byte[], Outgoing> kept = rejected(HIDDEN, 100, known("bad byte 17"));
        assertThat(kept.key()).isEmpty();
        assertThat(((Refused) kept.value()).value()).isNull();
        assertThat(headers(kept))
                .containsOnlyKeys(
                        "weir.reason", "weir.detail", "weir.left.out", "weir.topic", "weir.partition", "weir.offset");
        assertThat(headers(kept).get("weir.detail")).contains("left out here: bad byte 17");
    }
}
