package io.weir.domain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link BinaryWriter} has written, in the same order.
 *
 * <p>Every method throws {@link IllegalArgumentException} on bytes that no writer has written.
 */
public final class BinaryReader {
    private final byte[] bytes;
    private int at = 0;
    private long previousTimeMs = 0;
    private final List<String> texts = new ArrayList<>();

    public BinaryReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public boolean hasMore() {
        return at < bytes.length;
    }

    public int readByte() {
        require(1);
        return bytes[at++] & 0xFF;
    }

    public long readLong() {
        long raw = readUnsigned();
        return (raw >>> 1) ^ -(raw & 1);
    }

    public long readTime() {
        previousTimeMs += readLong();
        return previousTimeMs;
    }

    public long readCount() {
        long value = readUnsigned();
        if (value < 0) {
            throw new IllegalArgumentException("negative count: " + value);
        }
        return value;
    }

    public long readSum() {
        return readUnsigned();
    }

    /** A count of things that follow, each of at least one byte: never more than there are bytes left. */
    public int readSize() {
        long value = readCount();
        if (value > bytes.length - at) {
            throw new IllegalArgumentException(value + " entries in " + (bytes.length - at) + " bytes");
        }
        return (int) value;
    }

    public long readOrdered() {
        require(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | (bytes[at++] & 0xFF);
        }
        return value ^ Long.MIN_VALUE;
    }

    /** All bytes that are left. */
    public byte[] readRest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        at = bytes.length;
        return rest;
    }

    public @Nullable String readText() {
        long reference = readUnsigned();
        if (reference == 0) {
            return null;
        }
        if (reference == 1) {
            int length = readSize();
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            texts.add(text);
            return text;
        }
        if (reference < 0 || reference - 2 >= texts.size()) {
            throw new IllegalArgumentException("no text has the number " + (reference - 2));
        }
        return texts.get((int) (reference - 2));
    }

    /** A text that is never null. */
    public String readRequiredText() {
        String text = readText();
        if (text == null) {
            throw new IllegalArgumentException("a required text is null");
        }
        return text;
    }

    private long readUnsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than ten bytes");
    }

    private void require(int more) {
        if (bytes.length - at < more) {
            throw new IllegalArgumentException("the bytes end early");
        }
    }
}
