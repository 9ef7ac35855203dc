package io.weir.app.replay;

import io.weir.app.replay.input.PastEvent;
import io.weir.app.replay.input.ReplayException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Events in event-time order in a temporary file: first all are appended, then all are read.
 *
 * <p>The file is opened to be deleted on close; on Unix that takes away its name at once, so nothing stays behind however
 * the process ends.
 */
final class SpilledRun implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path directory;
    private final FileChannel file;
    private final BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder = null;
    private long lastTimeMs = Long.MIN_VALUE;
    private long left = 0;

    private SpilledRun(Path directory, FileChannel file) {
        this.directory = directory;
        this.file = file;
        this.encoder = new EncoderFactory()
                .configureBufferSize(BUFFER_BYTES)
                .binaryEncoder(Channels.newOutputStream(file), null);
    }

    /** Opens an empty one in this directory, which is made if need be. */
    static SpilledRun create(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel file = FileChannel.open(
                    directory.resolve("weir-replay-" + UUID.randomUUID() + ".tmp"),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            return new SpilledRun(directory, file);
        } catch (IOException e) {
            throw failed("write", directory, e);
        }
    }

    /** The event time of the last event appended. */
    long lastTimeMs() {
        return lastTimeMs;
    }

    /** Adds events that are in order and not earlier than those already here. */
    void append(Iterable<PastEvent> events) {
        try {
            for (PastEvent event : events) {
                append(event);
            }
        } catch (IOException e) {
            throw failed("write", directory, e);
        }
    }

    private void append(PastEvent event) throws IOException {
        EventCodec.write(event, encoder);
        lastTimeMs = event.timeMs();
        left++;
    }

    /** Adds one event, as {@link #append(Iterable)} does. */
    void add(PastEvent event) {
        append(List.of(event));
    }

    /** The next event, or null after the last; nothing can be appended any more. */
    @Nullable
    PastEvent next() {
        if (left == 0) {
            return null;
        }
        try {
            BinaryDecoder in = decoder == null ? startReading() : decoder;
            left--;
            return EventCodec.read(in);
        } catch (IOException e) {
            throw failed("read", directory, e);
        }
    }

    private BinaryDecoder startReading() throws IOException {
        encoder.flush();
        file.position(0);
        decoder = new DecoderFactory()
                .configureDecoderBufferSize(BUFFER_BYTES)
                .binaryDecoder(Channels.newInputStream(file), null);
        return decoder;
    }

    private static ReplayException failed(String what, Path directory, IOException e) {
        return new ReplayException(
                "cannot " + what + " a temporary file for sorting in " + directory + ": " + ReplayException.reason(e)
                        + "; make room there or choose another directory",
                e);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failed("delete", directory, e);
        }
    }
}
