package io.weir.app.replay.input;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.weir.domain.Click;
import io.weir.domain.Event;
import io.weir.domain.Payment;
import io.weir.domain.Visit;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as a file that {@code --format weir} reads back to the same events: the header first, then one row an
 * event, LF line ends, times as ISO-8601 in UTC. Not thread-safe.
 */
public final class EventCsvWriter implements Closeable {
    private static final String ABSENT = "";

    private final CsvWriter csv;

    /** Writes the header to {@code out}, which is closed with this writer and should encode as UTF-8. */
    public EventCsvWriter(Writer out) {
        csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
        csv.writeRecord(WeirFormat.COLUMNS);
    }

    /** @throws java.io.UncheckedIOException if the row cannot be written */
    public void write(Event event) {
        if (event instanceof Click click) {
            row(click, ABSENT, click.source(), click.campaignId(), null, ABSENT, ABSENT, text(click.costMicros()));
        } else if (event instanceof Visit visit) {
            row(visit, ABSENT, visit.source(), visit.campaignId(), visit.clickId(), ABSENT, ABSENT, ABSENT);
        } else if (event instanceof Payment payment) {
            String amount = text(payment.amountMicros());
            row(payment, payment.orderId(), null, null, null, text(payment.quantity()), amount, ABSENT);
        }
    }

    private void row(
            Event event,
            String orderId,
            @Nullable String source,
            @Nullable String campaignId,
            @Nullable String clickId,
            String quantity,
            String amountMicros,
            String costMicros) {
        csv.writeRecord(
                event.type().singular(),
                event.id(),
                orderId,
                event.visitorId(),
                event.productId(),
                source,
                campaignId,
                clickId,
                quantity,
                amountMicros,
                costMicros,
                Instant.ofEpochMilli(event.timeMs()).toString());
    }

    private static String text(long number) {
        return Long.toString(number);
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
