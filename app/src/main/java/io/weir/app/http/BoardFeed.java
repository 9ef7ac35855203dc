package io.weir.app.http;

import io.weir.app.api.Question;
import io.weir.app.api.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One board and all who watch it. Thread-safe. */
final class BoardFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoardFeed.class);

    /** A comment: keeps the connection and says nothing. */
    private static final byte[] HEARTBEAT = ": no board yet\n\n".getBytes(StandardCharsets.UTF_8);

    private final Question question;
    private final Function<Question, CompletableFuture<byte[]>> board;
    private final Set<EventStream> watchers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean computing = new AtomicBoolean();
    private volatile byte @Nullable [] newest = null;

    BoardFeed(Question question, Function<Question, CompletableFuture<byte[]>> board) {
        this.question = question;
        this.board = board;
    }

    /** The event that shows a board. */
    static byte[] frame(byte[] board) {
        return EventStream.event("board", new String(board, StandardCharsets.UTF_8));
    }

    /** The board that was sent last; null if there is none, or none now. */
    byte @Nullable [] newest() {
        return newest;
    }

    boolean isUnwatched() {
        return watchers.isEmpty();
    }

    /** A stream that is sent all boards from now on, until it ends. */
    EventStream join(Response response, Callback done, Runnable onEnd) {
        EventStream stream = new EventStream(response, done, ended -> {
            if (watchers.remove(ended)) {
                onEnd.run();
            }
        });
        watchers.add(stream);
        return stream;
    }

    /** Computes the board and sends it to all; while the one before is still being computed, says only that it is there. */
    void send() {
        long nowNs = System.nanoTime();
        watchers.forEach(watcher -> watcher.dropIfStuck(nowNs));
        if (!computing.compareAndSet(false, true)) {
            watchers.forEach(watcher -> watcher.offer(HEARTBEAT));
            return;
        }
        compute().whenComplete((computed, failure) -> {
            computing.set(false);
            newest = computed;
            byte[] event = computed == null ? unavailable(failure) : frame(computed);
            watchers.forEach(watcher -> watcher.offer(event));
        });
    }

    private CompletableFuture<byte[]> compute() {
        try {
            return board.apply(question);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static byte[] unavailable(Throwable failure) {
        Refusal refusal = Refusal.of(failure);
        if (refusal == null) {
            LOG.error("a watched board could not be computed", failure);
        }
        Reply reply = Reply.error(503, refusal == null ? "the board failed; the log says why" : refusal.reason());
        return EventStream.event("unavailable", new String(reply.body(), StandardCharsets.UTF_8));
    }

    /** Ends all its streams. */
    @Override
    public void close() {
        watchers.forEach(EventStream::close);
    }
}
