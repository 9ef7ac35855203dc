package io.weir.app.replay;

import io.weir.app.replay.input.PastEvent;
import io.weir.domain.EventType;
import io.weir.schema.Click;
import io.weir.schema.Payment;
import io.weir.schema.Visit;
import java.io.IOException;
import java.time.Instant;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events as bytes that only this process reads back: the type's ordinal, then the fields in the order of the schema as
 * Avro encodes them. Written out by hand because that needs neither reflection nor a list of trusted classes.
 */
final class EventCodec {
    private static final EventType[] TYPES = EventType.values();

    private EventCodec() {}

    static void write(PastEvent event, Encoder out) throws IOException {
        out.writeInt(event.type().ordinal());
        SpecificRecord value = event.value();
        if (value instanceof Click click) {
            out.writeString(click.getClickId());
            out.writeString(click.getVisitorId());
            out.writeString(click.getProductId());
            out.writeString(click.getSource());
            writeOptional(click.getCampaignId(), out);
            out.writeLong(click.getCostMicros());
        } else if (value instanceof Visit visit) {
            out.writeString(visit.getVisitId());
            out.writeString(visit.getVisitorId());
            out.writeString(visit.getProductId());
            writeOptional(visit.getSource(), out);
            writeOptional(visit.getCampaignId(), out);
            writeOptional(visit.getClickId(), out);
        } else if (value instanceof Payment payment) {
            out.writeString(payment.getPaymentId());
            out.writeString(payment.getOrderId());
            out.writeString(payment.getVisitorId());
            out.writeString(payment.getProductId());
            out.writeLong(payment.getQuantity());
            out.writeLong(payment.getAmountMicros());
        } else {
            throw new IllegalArgumentException("no event: " + value.getClass());
        }
        out.writeLong(event.timeMs());
    }

    static PastEvent read(Decoder in) throws IOException {
        return switch (TYPES[in.readInt()]) {
            case CLICK ->
                PastEvent.of(new Click(
                        in.readString(),
                        in.readString(),
                        in.readString(),
                        in.readString(),
                        readOptional(in),
                        in.readLong(),
                        readTime(in)));
            case VISIT ->
                PastEvent.of(new Visit(
                        in.readString(),
                        in.readString(),
                        in.readString(),
                        readOptional(in),
                        readOptional(in),
                        readOptional(in),
                        readTime(in)));
            case PAYMENT ->
                PastEvent.of(new Payment(
                        in.readString(),
                        in.readString(),
                        in.readString(),
                        in.readString(),
                        in.readLong(),
                        in.readLong(),
                        readTime(in)));
        };
    }

    private static void writeOptional(@Nullable String text, Encoder out) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeString(text);
        }
    }

    private static @Nullable String readOptional(Decoder in) throws IOException {
        return in.readBoolean() ? in.readString() : null;
    }

    private static Instant readTime(Decoder in) throws IOException {
        return Instant.ofEpochMilli(in.readLong());
    }
}
