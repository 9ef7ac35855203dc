package io.weir.app.metrics;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Gauges in Prometheus's text format, version 0.0.4, UTF-8; see "Exposition formats" in its documentation. What is
 * already text is taken as it is. Not thread-safe.
 *
 * <p>The client library's writer is made for any metric: it wants an object for each point, checks and sorts them, and
 * writes characters that are encoded afterwards. Here the labels are bytes that were made once.
 */
final class GaugeText extends OutputStream {
    private static final byte[] NO_NAME = {};

    /** The digits of a {@code long}, its sign, a point, a zero and a newline. */
    private static final int MOST_NUMBER_BYTES = 24;

    private static final int MICRO_DIGITS = 6;

    private byte[] bytes;
    private int size = 0;
    private byte[] name = NO_NAME;

    /** Where a number is made, from its last digit on. */
    private final byte[] number = new byte[MOST_NUMBER_BYTES];

    /** A gauge's name and what it is. */
    record Name(byte[] name, byte[] head) {

        /** @param help without line breaks and backslashes */
        Name(String name, String help) {
            this(utf8(name), utf8("# HELP " + name + " " + help + "\n# TYPE " + name + " gauge\n"));
        }
    }

    /** The labels of a series. */
    record Labels(byte[] text) {

        /** @param values as many as {@code names}, of any text that UTF-8 can encode */
        static Labels of(List<String> names, List<String> values) {
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < names.size(); i++) {
                text.append(i == 0 ? "" : ",").append(names.get(i)).append("=\"");
                text.append(escaped(values.get(i))).append('"');
            }
            return new Labels(utf8(text.append("} ").toString()));
        }

        private static String escaped(String value) {
            return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        }
    }

    /** @param room bytes that it can take before it has to grow */
    GaugeText(int room) {
        bytes = new byte[room];
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Points that are added now are this gauge's. */
    void begin(Name gauge) {
        write(gauge.head);
        name = gauge.name;
    }

    void add(Labels labels, long value) {
        series(labels);
        number(value, 0);
    }

    /** A value in millionths, written in whole units: exactly, however great it is. */
    void addMicros(Labels labels, long micros) {
        series(labels);
        int decimals = MICRO_DIGITS;
        long value = micros;
        while (decimals > 1 && value % 10 == 0) {
            value /= 10;
            decimals--;
        }
        number(value, decimals);
    }

    private void series(Labels labels) {
        write(name);
        write(labels.text);
    }

    /** Writes {@code value / 10^decimals} with at least one decimal, as the client library does, and ends the line. */
    private void number(long value, int decimals) {
        int at = number.length;
        number[--at] = '\n';
        if (decimals == 0) {
            number[--at] = '0';
            number[--at] = '.';
        }
        // Digits of a negative remainder are negative: so the least of all numbers needs no case of its own.
        long rest = value;
        for (int i = 0; i <= decimals || rest != 0; i++) {
            if (i == decimals && i > 0) {
                number[--at] = '.';
            }
            number[--at] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        }
        if (value < 0) {
            number[--at] = '-';
        }
        write(number, at, number.length - at);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    @Override
    public void write(int oneByte) {
        ensure(1);
        bytes[size++] = (byte) oneByte;
    }

    @Override
    public void write(byte[] from) {
        write(from, 0, from.length);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        ensure(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    int size() {
        return size;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
