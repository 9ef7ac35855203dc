package io.weir.app.http;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Closes connections whose clients take too long over all: a client that sends, or takes, one byte a second is never idle.
 * A request's header has to be there within a time from its first byte, or from the opening of the connection or the end
 * of the answer before, whichever bound is passed first; an answer that ends by itself has to be taken within a time, too.
 *
 * <p>Looks at all connections a few times in the shortest of these times; there are no more of them than the server allows.
 */
final class Deadlines extends Handler.Wrapper implements Connection.Listener {
    private static final int LOOKS = 4;

    private final Limits limits;
    private final long everyMs;
    private final Map<Connection, Wait> waits = new ConcurrentHashMap<>();

    /**
     * How long a client may take.
     *
     * @param silentMs to begin a request
     * @param headerMs from a request's first byte to the end of its header
     * @param answerMs from then until the answer is taken
     */
    record Limits(long silentMs, long headerMs, long answerMs) {}

    /** What is waited for on one connection; only those who look change it. */
    private static final class Wait {
        private final boolean forAnswer;
        private final long bytesBefore;
        private boolean begun;
        private long sinceNs = System.nanoTime();

        Wait(Connection connection, boolean forAnswer) {
            this.forAnswer = forAnswer;
            this.bytesBefore = connection.getBytesIn();
        }

        boolean isOver(Connection connection, Limits limits) {
            if (!forAnswer && !begun && connection.getBytesIn() != bytesBefore) {
                begun = true;
                sinceNs = System.nanoTime();
            }
            long limitMs = forAnswer ? limits.answerMs : begun ? limits.headerMs : limits.silentMs;
            return System.nanoTime() - sinceNs > TimeUnit.MILLISECONDS.toNanos(limitMs);
        }
    }

    /** @param handler what answers */
    Deadlines(Handler handler, Limits limits) {
        super(handler);
        this.limits = limits;
        this.everyMs = Math.min(limits.headerMs, Math.min(limits.silentMs, limits.answerMs)) / LOOKS + 1;
    }

    @Override
    public void onOpened(Connection connection) {
        waits.put(connection, new Wait(connection, false));
    }

    @Override
    public void onClosed(Connection connection) {
        waits.remove(connection);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        if (Request.getPathInContext(request).equals(Routes.STREAM)) {
            waits.remove(connection);
        } else {
            waits.put(connection, new Wait(connection, true));
        }
        Request.addCompletionListener(request, failure -> awaitNext(connection));
        return super.handle(request, response, callback);
    }

    private void awaitNext(Connection connection) {
        waits.put(connection, new Wait(connection, false));
        if (!connection.getEndPoint().isOpen()) {
            waits.remove(connection);
        }
    }

    private void look() {
        try {
            waits.forEach((connection, wait) -> {
                if (wait.isOver(connection, limits)) {
                    waits.remove(connection);
                    connection.getEndPoint().close();
                }
            });
        } finally {
            lookLater();
        }
    }

    private void lookLater() {
        if (isRunning()) {
            CompletableFuture.delayedExecutor(everyMs, TimeUnit.MILLISECONDS).execute(this::look);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        lookLater();
    }
}
