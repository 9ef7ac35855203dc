package io.weir.serde;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.ConsideredTouch;
import io.weir.domain.Credit;
import io.weir.domain.EventType;
import io.weir.domain.StoredFormatException;
import java.util.ArrayList;
import java.util.List;

/** The binary form of credits. An order's are the range of keys that begin with {@link #keyPrefix}. */
public final class CreditFormat {
    private static final int FORMAT = 1;

    private static final int CHOSEN = 1;
    private static final int VISIT = 2;
    private static final int RULE_SHIFT = 2;

    private CreditFormat() {}

    /** What the keys of this order's payments begin with, and no others do. */
    public static byte[] keyPrefix(String orderId) {
        BinaryWriter out = new BinaryWriter();
        out.writeText(orderId);
        return out.toByteArray();
    }

    public static byte[] key(String orderId, String paymentId) {
        BinaryWriter out = new BinaryWriter();
        out.writeText(orderId);
        out.writeText(paymentId);
        return out.toByteArray();
    }

    /** All but the order's and the payment's id, which are the key. */
    public static byte[] value(Credit credit) {
        BinaryWriter out = new BinaryWriter();
        out.writeByte(FORMAT);
        out.writeTime(credit.timeMs());
        out.writeText(credit.productId());
        out.writeLong(credit.quantity());
        out.writeLong(credit.amountMicros());
        out.writeText(credit.source());
        out.writeText(credit.campaignId());
        out.writeByte(credit.halo() ? 1 : 0);
        out.writeByte(credit.rule());
        out.writeCount(credit.considered().size());
        for (ConsideredTouch touch : credit.considered()) {
            int flags = (touch.chosen() ? CHOSEN : 0) | (touch.kind() == EventType.VISIT ? VISIT : 0);
            out.writeByte(flags | touch.rule() << RULE_SHIFT);
            out.writeText(touch.productId());
            out.writeText(touch.source());
            out.writeText(touch.campaignId());
            out.writeTime(touch.timeMs());
        }
        return out.toByteArray();
    }

    /** @throws IllegalArgumentException if the bytes are no credit, or one of a format that this version cannot read */
    public static Credit read(byte[] key, byte[] value) {
        BinaryReader ids = new BinaryReader(key);
        String orderId = ids.readRequiredText();
        String paymentId = ids.readRequiredText();
        BinaryReader in = new BinaryReader(value);
        readFormat(in);
        long timeMs = in.readTime();
        return new Credit(
                paymentId,
                orderId,
                in.readRequiredText(),
                timeMs,
                in.readLong(),
                in.readLong(),
                in.readRequiredText(),
                in.readText(),
                in.readByte() == 1,
                in.readByte(),
                readConsidered(in));
    }

    private static List<ConsideredTouch> readConsidered(BinaryReader in) {
        List<ConsideredTouch> considered = new ArrayList<>();
        for (int left = in.readSize(); left > 0; left--) {
            int flags = in.readByte();
            considered.add(new ConsideredTouch(
                    (flags & VISIT) == 0 ? EventType.CLICK : EventType.VISIT,
                    in.readRequiredText(),
                    in.readRequiredText(),
                    in.readText(),
                    in.readTime(),
                    flags >>> RULE_SHIFT,
                    (flags & CHOSEN) != 0));
        }
        return considered;
    }

    /** The payment's event time, without reading the rest of the value. */
    public static long timeMs(byte[] value) {
        BinaryReader in = new BinaryReader(value);
        readFormat(in);
        return in.readTime();
    }

    private static void readFormat(BinaryReader in) {
        int format = in.readByte();
        if (format != FORMAT) {
            throw new StoredFormatException("the credit", format, FORMAT);
        }
    }
}
