package io.weir.app.http;

import io.weir.app.api.Question;
import io.weir.app.api.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The boards that are being watched: an event every second for everybody who watches. Thread-safe.
 *
 * <p>Each distinct board is computed once a second, however many watch it. Watchers and distinct boards are bounded.
 */
final class BoardStreams implements AutoCloseable {
    static final int MOST_STREAMS = 128;
    static final int MOST_BOARDS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(BoardStreams.class);
    private static final byte[] RETRY = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);
    private static final long EVERY_MS = 1_000;

    private final Function<Question, CompletableFuture<byte[]>> board;
    private final Map<Question, BoardFeed> feeds = new HashMap<>();
    private final Semaphore free = new Semaphore(MOST_STREAMS);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "board-streams");
        thread.setDaemon(true);
        return thread;
    });
    private boolean closed = false;

    /** @param board the answer as JSON on one line, UTF-8 */
    BoardStreams(Function<Question, CompletableFuture<byte[]>> board) {
        this.board = board;
        clock.scheduleWithFixedDelay(this::tick, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** The board that a new watcher sees first: the one that others have just been sent, or else a new one. */
    CompletableFuture<byte[]> first(Question question) {
        BoardFeed feed;
        synchronized (feeds) {
            feed = feeds.get(question);
        }
        byte[] newest = feed == null ? null : feed.newest();
        return newest == null ? board.apply(question) : CompletableFuture.completedFuture(newest);
    }

    /**
     * Begins a stream.
     *
     * @param first the board to begin with
     * @param done told when the stream has ended
     * @throws Refusal if there are too many; nothing has been sent then
     */
    void begin(Question question, byte[] first, Response response, Callback done) {
        if (!free.tryAcquire()) {
            throw Refusal.unavailable(
                    "all " + MOST_STREAMS + " streams are taken; ask again later, or for /api/v1/board");
        }
        EventStream stream;
        try {
            stream = join(question, response, done);
        } catch (Refusal e) {
            free.release();
            throw e;
        }
        stream.offer(RETRY);
        stream.offer(BoardFeed.frame(first));
    }

    private EventStream join(Question question, Response response, Callback done) {
        synchronized (feeds) {
            if (closed) {
                throw Refusal.unavailable("this instance is stopping; ask again when it is back");
            }
            BoardFeed feed = feeds.get(question);
            if (feed == null && feeds.size() >= MOST_BOARDS) {
                throw Refusal.unavailable(MOST_BOARDS + " different boards are being watched, which is the most; watch"
                        + " one with another window, top or order, or ask for /api/v1/board");
            }
            BoardFeed joined = feed == null ? new BoardFeed(question, board) : feed;
            feeds.put(question, joined);
            return joined.join(response, done, free::release);
        }
    }

    private void tick() {
        try {
            for (BoardFeed feed : watched()) {
                feed.send();
            }
        } catch (RuntimeException e) {
            LOG.error("the watched boards could not be sent", e);
        }
    }

    private List<BoardFeed> watched() {
        synchronized (feeds) {
            feeds.values().removeIf(BoardFeed::isUnwatched);
            return List.copyOf(feeds.values());
        }
    }

    /** Ends all streams; there are no new ones afterwards. */
    @Override
    public void close() {
        List<BoardFeed> open;
        synchronized (feeds) {
            closed = true;
            open = List.copyOf(feeds.values());
            feeds.clear();
        }
        clock.shutdownNow();
        open.forEach(BoardFeed::close);
    }
}
