package io.weir.app.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream of server-sent events. Thread-safe.
 *
 * <p>Holds two events at most: the one being written and the newest behind it. A client that is slower misses those in
 * between, and one that takes nothing for {@link #SLOWEST_NS} is dropped.
 */
final class EventStream implements AutoCloseable {
    static final String TYPE = "text/event-stream";
    static final long SLOWEST_NS = TimeUnit.SECONDS.toNanos(10);

    private enum State {
        IDLE,
        WRITING,
        /** Ends when what is being written has been written. */
        CLOSING,
        ENDED
    }

    private final Content.Sink response;
    private final Callback done;
    private final Consumer<EventStream> onEnd;
    private State state = State.IDLE;
    private byte @Nullable [] next = null;
    private long writingSinceNs = 0;

    /**
     * @param done told once, when the stream has ended
     * @param onEnd the same, for the one who feeds it
     */
    EventStream(Content.Sink response, Callback done, Consumer<EventStream> onEnd) {
        this.response = response;
        this.done = done;
        this.onEnd = onEnd;
    }

    /** The bytes of one event; {@code data} must be one line. */
    static byte[] event(String name, String data) {
        return ("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Sends this next, in place of what waits. The bytes must not change any more. */
    void offer(byte[] event) {
        synchronized (this) {
            if (state != State.IDLE) {
                next = event;
                return;
            }
            state = State.WRITING;
            writingSinceNs = System.nanoTime();
        }
        write(event);
    }

    private void write(byte[] event) {
        response.write(false, ByteBuffer.wrap(event), Callback.from(this::written, this::fail));
    }

    private void written() {
        byte[] following;
        synchronized (this) {
            following = state == State.WRITING ? next : null;
            next = null;
            writingSinceNs = System.nanoTime();
            if (state == State.WRITING && following == null) {
                state = State.IDLE;
            }
            if (state == State.IDLE || state == State.ENDED) {
                return;
            }
            if (state == State.CLOSING) {
                state = State.ENDED;
            }
        }
        if (following == null) {
            finish();
        } else {
            write(following);
        }
    }

    private void finish() {
        response.write(true, BufferUtil.EMPTY_BUFFER, done);
        onEnd.accept(this);
    }

    private void fail(Throwable failure) {
        synchronized (this) {
            if (state == State.ENDED) {
                return;
            }
            state = State.ENDED;
            next = null;
        }
        done.failed(failure);
        onEnd.accept(this);
    }

    /** Drops a client that has taken nothing for too long; {@code nowNs} as {@link System#nanoTime} counts. */
    void dropIfStuck(long nowNs) {
        boolean stuck;
        synchronized (this) {
            boolean writing = state == State.WRITING || state == State.CLOSING;
            stuck = writing && nowNs - writingSinceNs > SLOWEST_NS;
        }
        if (stuck) {
            fail(new TimeoutException("the client takes no events"));
        }
    }

    /** Ends the stream behind the event that is being written. */
    @Override
    public void close() {
        synchronized (this) {
            if (state == State.WRITING) {
                state = State.CLOSING;
            }
            if (state != State.IDLE) {
                return;
            }
            state = State.ENDED;
        }
        finish();
    }
}
