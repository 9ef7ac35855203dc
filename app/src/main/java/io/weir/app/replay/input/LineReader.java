package io.weir.app.replay.input;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits a file into its physical lines, in constant memory. Lines end with LF, the last one also with the file; a CR
 * before the LF is left in the text, for it may stand within quotes. A byte order mark at the start is dropped.
 */
final class LineReader implements Closeable {
    /** Longer lines are no rows; it also bounds what an unclosed quote can swallow. */
    static final int MAX_LINE_BYTES = 1 << 19;

    private static final int BUFFER_BYTES = 1 << 16;

    private final OpenFile file;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position = 0;
    private int limit = 0;
    private byte[] line = new byte[256];
    private int length = 0;
    private long lengthInFile = 0;
    private long number = 0;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

    LineReader(OpenFile file) {
        this.file = file;
    }

    /**
     * One physical line.
     *
     * @param number counted from 1
     * @param text without the LF; empty when there is a fault
     * @param fault why it cannot be read, null when it can
     */
    record Line(long number, String text, @Nullable String fault) {}

    /** The next line, or null at the end of the file. */
    @Nullable
    Line next() {
        length = 0;
        lengthInFile = 0;
        boolean ended = false;
        while (!ended && fill()) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            append(position, end);
            ended = end < limit;
            position = ended ? end + 1 : end;
        }
        if (!ended && lengthInFile == 0) {
            return null;
        }
        number++;
        return decoded();
    }

    private boolean fill() {
        while (position == limit) {
            int read = file.read(buffer);
            if (read < 0) {
                return false;
            }
            position = 0;
            limit = read;
        }
        return true;
    }

    private void append(int from, int to) {
        lengthInFile += to - from;
        if (lengthInFile > MAX_LINE_BYTES) {
            return;
        }
        if (length + to - from > line.length) {
            line = Arrays.copyOf(line, Math.max(line.length * 2, length + to - from));
        }
        System.arraycopy(buffer, from, line, length, to - from);
        length += to - from;
    }

    private Line decoded() {
        if (lengthInFile > MAX_LINE_BYTES) {
            return new Line(number, "", "the line is longer than " + MAX_LINE_BYTES + " bytes");
        }
        int start = number == 1 && startsWithByteOrderMark() ? 3 : 0;
        if (isAscii(start)) {
            return new Line(number, new String(line, start, length - start, StandardCharsets.ISO_8859_1), null);
        }
        try {
            String text =
                    decoder.decode(ByteBuffer.wrap(line, start, length - start)).toString();
            return new Line(number, text, null);
        } catch (CharacterCodingException e) {
            return new Line(number, "", "the line is not valid UTF-8");
        }
    }

    private boolean startsWithByteOrderMark() {
        return length >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF;
    }

    private boolean isAscii(int from) {
        for (int i = from; i < length; i++) {
            if (line[i] < 0) {
                return false;
            }
        }
        return true;
    }

    long diskBytesRead() {
        return file.diskBytesRead();
    }

    @Override
    public void close() {
        file.close();
    }
}
