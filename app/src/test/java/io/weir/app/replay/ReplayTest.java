package io.weir.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.app.replay.input.FileFormat;
import io.weir.app.replay.input.ReplayException;
import io.weir.domain.EventType;
import io.weir.domain.Rejection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static final String FILE = """
            type,id,order_id,visitor_id,product_id,source,campaign_id,click_id,quantity,amount_micros,cost_micros,event_time
            payment,m1,o1,u1,p1,,,,1,5,,3000
            visit,v2,,u1,p1,,,,,,,2000
            pigeon,x,,u1,p1,,,,,,,2000
            click,c1,,u1,p1,s,,,,,,1000
            click,c2,,u1,p1,s,,,,,7,1000
            """;
    private static final Map<EventType, String> TOPICS =
            Map.of(EventType.CLICK, "clicks", EventType.VISIT, "visits", EventType.PAYMENT, "payments");
    private static final Serializer<SpecificRecord> FIRST_FIELD =
            (topic, value) -> value.get(0).toString().getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final FakeClock clock = new FakeClock(1_000_000);
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void byTimeTheEventsComeInTheOrderTheyHappened() throws Exception {
        run(Replay.Order.TIME);

        assertThat(ids()).containsExactly("c2", "v2", "m1");
        assertThat(producer.history()).extracting(ProducerRecord::timestamp).containsExactly(1_000L, 2_000L, 3_000L);
    }

    @Test
    void byFileTheEventsComeInTheOrderOfTheirRows() throws Exception {
        run(Replay.Order.FILE);

        assertThat(ids()).containsExactly("m1", "v2", "c2");
        assertThat(producer.history())
                .extracting(ProducerRecord::timestamp)
                .as("one millisecond each, and none of them in the future")
                .containsExactly(999_994L, 999_995L, 999_996L);
    }

    @Test
    void toARunningPipelineOldEventsArePublishedAsOfNowSoThatRetentionKeepsThem() throws Exception {
        run(Replay.Order.TIME, Files.writeString(directory.resolve("events.csv"), FILE), OptionalLong.of(60_000));

        assertThat(ids()).containsExactly("c2", "v2", "m1");
        assertThat(producer.history()).extracting(ProducerRecord::timestamp).containsOnly(1_000_000L);
    }

    @Test
    void everyRowIsAccountedFor() throws Exception {
        Replay.Published published = run(Replay.Order.TIME);

        assertThat(published.events()).isEqualTo(3);
        assertThat(published.counts().rows()).isEqualTo(5);
        assertThat(published.counts().unreadable()).isEqualTo(1);
        assertThat(published.counts().rejected().get(EventType.CLICK, Rejection.MISSING_COST))
                .isEqualTo(1);
    }

    @Test
    void aFileThatCannotBeReadStopsTheReplay() {
        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> run(Replay.Order.TIME, directory.resolve("absent.csv")))
                .withMessageContaining("cannot open " + directory.resolve("absent.csv") + ": there is no ");
    }

    @Test
    void anInterruptWhileReadingIsNoFaultOfTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("events.csv"), FILE);
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> run(Replay.Order.TIME, file));

        assertThat(Thread.interrupted()).isFalse();
        assertThat(producer.history()).isEmpty();
    }

    private List<String> ids() {
        return producer.history().stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private Replay.Published run(Replay.Order order) throws IOException, InterruptedException {
        return run(order, Files.writeString(directory.resolve("events.csv"), FILE));
    }

    private Replay.Published run(Replay.Order order, Path file) throws InterruptedException {
        return run(order, file, OptionalLong.empty());
    }

    private Replay.Published run(Replay.Order order, Path file, OptionalLong maxSpreadMs) throws InterruptedException {
        FileFormat format = FileFormat.named("weir", 0, ZoneOffset.UTC);
        return new Replay(format, List.of(file), order, Speed.MAX, maxSpreadMs, directory)
                .run(producer, FIRST_FIELD, TOPICS, clock, Progress.silent());
    }
}
