package io.weir.app.replay.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.Click;
import io.weir.domain.Event;
import io.weir.domain.Payment;
import io.weir.domain.Visit;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventCsvWriterTest {
    private static final long NINE_MS = Instant.parse("2025-12-31T09:00:00Z").toEpochMilli();

    @TempDir
    Path directory;

    @Test
    void eachEventIsARowUnderTheHeader() throws IOException {
        String text = written(List.of(
                new Click("c1", "u1", "p1", "直通车", "k,1", 1_500_000, NINE_MS),
                new Visit("v1", "u1", "p1", null, null, "c1", NINE_MS + 1),
                new Payment("m1", "o1", "u1", "p1", 2, 19_900_000, NINE_MS)));

        assertThat(text).isEqualTo("""
                        type,id,order_id,visitor_id,product_id,source,campaign_id,click_id,quantity,amount_micros,cost_micros,event_time
                        click,c1,,u1,p1,直通车,"k,1",,,,1500000,2025-12-31T09:00:00Z
                        visit,v1,,u1,p1,,,c1,,,,2025-12-31T09:00:00.001Z
                        payment,m1,o1,u1,p1,,,,2,19900000,,2025-12-31T09:00:00Z
                        """);
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            events.add(randomEvent(random));
        }

        List<Row> rows = RowsOf.text(directory, new WeirFormat(), written(events));

        assertThat(rows).as("seed %d", seed).hasSameSizeAs(events);
        for (int i = 0; i < events.size(); i++) {
            assertThat(rows.get(i)).as("seed %d, event %d", seed, i).isEqualTo(expected(events.get(i)));
        }
    }

    private static Event randomEvent(Random random) {
        long timeMs = random.nextInt(10) == 0 ? random.nextLong() : NINE_MS + random.nextInt(1_000_000);
        return switch (random.nextInt(3)) {
            case 0 ->
                new Click(
                        text(random),
                        text(random),
                        text(random),
                        text(random),
                        maybe(random),
                        random.nextLong(),
                        timeMs);
            case 1 ->
                new Visit(
                        text(random), text(random), text(random), maybe(random), maybe(random), maybe(random), timeMs);
            default ->
                new Payment(
                        text(random),
                        text(random),
                        text(random),
                        text(random),
                        random.nextLong(),
                        random.nextLong(),
                        timeMs);
        };
    }

    private static String maybe(Random random) {
        return random.nextBoolean() ? text(random) : null;
    }

    private static String text(Random random) {
        String[] parts = {"a", "é", "直", "\uD83D\uDED2", ",", "\"", "\n", "\r\n", "\r", " ", "#", "'"};
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    private static Row expected(Event event) {
        Instant time = Instant.ofEpochMilli(event.timeMs());
        PastEvent past;
        if (event instanceof Click c) {
            past = PastEvent.of(new io.weir.schema.Click(
                    c.id(), c.visitorId(), c.productId(), c.source(), c.campaignId(), c.costMicros(), time));
        } else if (event instanceof Visit v) {
            past = PastEvent.of(new io.weir.schema.Visit(
                    v.id(), v.visitorId(), v.productId(), v.source(), v.campaignId(), v.clickId(), time));
        } else {
            Payment p = (Payment) event;
            past = PastEvent.of(new io.weir.schema.Payment(
                    p.id(), p.orderId(), p.visitorId(), p.productId(), p.quantity(), p.amountMicros(), time));
        }
        return new Row.Occurred(past);
    }

    private static String written(List<Event> events) throws IOException {
        StringWriter text = new StringWriter();
        try (EventCsvWriter writer = new EventCsvWriter(text)) {
            events.forEach(writer::write);
        }
        return text.toString();
    }
}
