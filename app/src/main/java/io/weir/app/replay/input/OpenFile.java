package io.weir.app.replay.input;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The uncompressed bytes of one file, read once from front to back.
 *
 * <p>gzip is recognized by its first two bytes, whatever the file is called; several gzip members in a row are read as
 * one. All failures come as {@link ReplayException} with the file's name.
 */
final class OpenFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;
    /** The first bytes of compressed files that are not gzip, and what they are called. */
    private static final Object[][] FOREIGN_FORMATS = {
        {new int[] {'P', 'K', 3, 4}, "a zip archive"},
        {new int[] {'B', 'Z', 'h'}, "compressed with bzip2"},
        {new int[] {0x28, 0xB5, 0x2F, 0xFD}, "compressed with zstd"},
        {new int[] {0xFD, '7', 'z', 'X', 'Z'}, "compressed with xz"},
        {new int[] {'P', 'A', 'R', '1'}, "a Parquet file"},
    };

    private final Path path;
    private final Counted raw;
    private final InputStream bytes;

    private OpenFile(Path path, Counted raw, InputStream bytes) {
        this.path = path;
        this.raw = raw;
        this.bytes = bytes;
    }

    static OpenFile open(Path path) {
        InputStream file;
        try {
            file = Files.newInputStream(path);
        } catch (IOException e) {
            throw new ReplayException(
                    "cannot open " + path + ": " + ReplayException.reason(e) + "; check that it exists and is readable",
                    e);
        }
        try {
            Counted raw = new Counted(file);
            BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER_BYTES);
            return new OpenFile(path, raw, decompressed(path, buffered));
        } catch (IOException e) {
            closeQuietly(file, e);
            throw unreadable(path, e);
        } catch (ReplayException e) {
            closeQuietly(file, e);
            throw e;
        }
    }

    private static InputStream decompressed(Path path, BufferedInputStream in) throws IOException {
        in.mark(8);
        byte[] head = in.readNBytes(8);
        in.reset();
        if (startsWith(head, 0x1F, 0x8B)) {
            return new GZIPInputStream(in, BUFFER_BYTES);
        }
        for (Object[] foreign : FOREIGN_FORMATS) {
            if (startsWith(head, (int[]) foreign[0])) {
                throw new ReplayException("cannot read " + path + ": it is " + foreign[1]
                        + "; unpack it, or compress its contents with gzip");
            }
        }
        if (path.toString().endsWith(".gz") && head.length > 0) {
            throw new ReplayException("cannot read " + path
                    + ": it is called .gz but is not gzip; compress it again, or drop .gz from its name");
        }
        return in;
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        if (bytes.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xFF) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    Path path() {
        return path;
    }

    /** Bytes of the file as it lies on disk that have been read so far. */
    long diskBytesRead() {
        return raw.count;
    }

    /** Fills {@code buffer} from its start as far as bytes are at hand; returns how many, or -1 at the end. */
    int read(byte[] buffer) {
        try {
            return bytes.read(buffer);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Reads all that is left and counts its lines; a last line without a line end counts. */
    long countLines() {
        byte[] buffer = new byte[BUFFER_BYTES];
        long lines = 0;
        byte last = '\n';
        for (int read = read(buffer); read >= 0; read = read(buffer)) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] == '\n') {
                    lines++;
                }
            }
            last = read > 0 ? buffer[read - 1] : last;
        }
        return last == '\n' ? lines : lines + 1;
    }

    private static ReplayException unreadable(Path path, IOException e) {
        return new ReplayException(
                "cannot read " + path + ": " + ReplayException.reason(e)
                        + "; if it is gzip, test it with gzip -t and fetch it again",
                e);
    }

    private static void closeQuietly(InputStream file, Exception because) {
        try {
            file.close();
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Counts the bytes that pass through. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read >= 0 ? 1 : 0;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count += Math.max(read, 0);
            return read;
        }
    }
}
