package io.weir.domain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes compact binary state: variable-length integers (LEB128, signed ones zigzag-coded, as in Protocol Buffers), and
 * texts that are spelled out once and referred to by number afterwards. {@link BinaryReader} reads it back.
 */
public final class BinaryWriter {
    private byte[] bytes;
    private int size = 0;
    private long previousTimeMs = 0;

    /** Made when there is a text: most keys have one or two, and they are written more often than anything else. */
    private @Nullable SmallMap<String, Integer> texts;

    public BinaryWriter() {
        this(64);
    }

    /** @param room for so many bytes, and for more as they come */
    public BinaryWriter(int room) {
        bytes = new byte[room];
    }

    public void writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    /** Writes a number of which small absolute values are likely. */
    public void writeLong(long value) {
        writeUnsigned((value << 1) ^ (value >> 63));
    }

    /** Writes an instant as its distance from the one written before it. */
    public void writeTime(long timeMs) {
        writeLong(timeMs - previousTimeMs);
        previousTimeMs = timeMs;
    }

    /** Writes a number that is not negative, small ones in fewer bytes. */
    public void writeCount(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative count: " + value);
        }
        writeUnsigned(value);
    }

    /**
     * Writes a sum that should not be negative in the same way, and one that is in ten bytes. Without transactions a crash
     * can leave something to be taken back that was never added; the figure is then wrong, but it can be stored.
     */
    public void writeSum(long value) {
        writeUnsigned(value);
    }

    /** Writes eight bytes, highest first, such that unsigned byte order is the order of the numbers. */
    public void writeOrdered(long value) {
        ensure(Long.BYTES);
        long shifted = value ^ Long.MIN_VALUE;
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (shifted >>> shift);
        }
    }

    /** Writes a text, or a reference to it where it has been written before; null is a text of its own. */
    public void writeText(@Nullable String text) {
        if (text == null) {
            writeUnsigned(0);
            return;
        }
        if (texts == null) {
            texts = new SmallMap<>();
        }
        Integer known = texts.get(text);
        if (known != null) {
            writeUnsigned(known + 2L);
            return;
        }
        texts.put(text, texts.size());
        writeUnsigned(1);
        if (!writeAscii(text)) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            writeUnsigned(utf8.length);
            writeBytes(utf8);
        }
    }

    /** Nearly all texts are ASCII, and need no array of their own. Writes nothing and is false for another text. */
    private boolean writeAscii(String text) {
        int start = size;
        int length = text.length();
        writeUnsigned(length);
        ensure(length);
        for (int i = 0; i < length; i++) {
            char next = text.charAt(i);
            if (next >= 0x80) {
                size = start;
                return false;
            }
            bytes[size++] = (byte) next;
        }
        return true;
    }

    /** Writes bytes that go on to the end of what is written. */
    public void writeBytes(byte[] rest) {
        ensure(rest.length);
        System.arraycopy(rest, 0, bytes, size, rest.length);
        size += rest.length;
    }

    public int size() {
        return size;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void writeUnsigned(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
