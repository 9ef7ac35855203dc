package io.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.domain.EventType;
import io.weir.domain.Rejection;
import io.weir.schema.Click;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

/** What a reader says of records that are no valid events; what it makes of those that are, others see. */
class EventReaderTest {
    private static final VisitorNames HIDDEN = VisitorNames.by(bytes("a key that is as long as it must be"));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Click clickOf(String visitor, long costMicros, Instant time) {
        return new Click("c1", visitor, "mug", "ads", null, costMicros, time);
    }

    private static RejectedException rejected(VisitorNames names, Deserializer<?> deserializer, String key) {
        EventReader reader = new EventReader(Map.of(EventType.CLICK, deserializer), 20, names);
        return catchThrowableOfType(
                RejectedException.class,
                () -> reader.read(
                        EventType.CLICK, "weir.clicks", new RecordHeaders(), bytes(key), bytes("any"), 1_000_000));
    }

    private static RejectedException rejected(Click click, String key) {
        return rejected(HIDDEN, (topic, data) -> click, key);
    }

    @Test
    void aRejectionKnowsThatTheKeyIsTheVisitorOnceTheRecordIsDecoded() {
        for (Click click : new Click[] {
            clickOf("ann", -1, Instant.EPOCH),
            clickOf("ann", 1, Instant.ofEpochMilli(-1)),
            clickOf("ann", 1, Instant.MAX),
        }) {
            assertThat(rejected(click, "ann").keyIsVisitor()).isTrue();
            assertThat(rejected(click, "bob").keyIsVisitor()).isFalse();
        }
        RejectedException wrongKey = rejected(clickOf("ann", 1, Instant.EPOCH), "bob");
        assertThat(wrongKey.reason()).isEqualTo(Rejection.WRONG_KEY);
        assertThat(wrongKey.keyIsVisitor()).isFalse();
        String longId = "ann".repeat(10);
        assertThat(rejected(clickOf(longId, 1, Instant.EPOCH), longId).keyIsVisitor())
                .isTrue();
    }

    @Test
    void aRejectionDoesNotKnowTheVisitorOfWhatIsNotDecodedOrNamesNone() {
        Deserializer<?> none = (topic, data) -> null;
        assertThat(rejected(HIDDEN, none, "ann").keyIsVisitor()).isFalse();
        assertThat(rejected(HIDDEN, (topic, data) -> "ann", "ann").keyIsVisitor())
                .isFalse();
        assertThat(rejected(clickOf(" ", 1, Instant.EPOCH), " ").keyIsVisitor()).isFalse();
    }

    /** Some deserializers quote what they could not read. */
    @Test
    void whatAnotherDeserializerSaysIsNamedByItsKindWhereVisitorsGoByPseudonyms() {
        Deserializer<?> talkative = (topic, data) -> {
            throw new SerializationException("unexpected token ann-4711", new IllegalStateException("at ann-4711"));
        };
        assertThat(rejected(VisitorNames.asTheyCome(), talkative, "bob"))
                .hasMessageContaining("unexpected token ann-4711");
        assertThat(rejected(HIDDEN, talkative, "bob"))
                .hasMessageContaining("SerializationException")
                .hasMessageContaining("IllegalStateException")
                .hasMessageNotContaining("ann-4711");
    }
}
