package io.weir.app.http;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads the body of one request as it comes in; no thread waits for it.
 *
 * <p>It is read even where nobody wants it: a client that is still sending when the connection closes never sees the
 * answer.
 */
final class RequestBody implements Runnable {
    /** How much of a body that is too long is read and thrown away before the refusal. */
    private static final long MOST_DISCARDED_BYTES = 8L << 20;

    private final Request request;
    private final int mostBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private long readBytes = 0;

    /** The body is longer than allowed. */
    static final class TooLongException extends Exception {
        private static final long serialVersionUID = 1;

        TooLongException(int mostBytes) {
            super("the body is longer than " + mostBytes + " bytes", null, false, false);
        }
    }

    /** The body did not come in time. */
    static final class TooSlowException extends Exception {
        private static final long serialVersionUID = 1;

        TooSlowException(long withinMs) {
            super("the body did not come within " + withinMs / 1_000 + " seconds", null, false, false);
        }
    }

    private RequestBody(Request request, int mostBytes) {
        this.request = request;
        this.mostBytes = mostBytes;
    }

    /** The whole body; fails with {@link TooLongException} or {@link TooSlowException}, or as reading does. */
    static CompletableFuture<byte[]> read(Request request, int mostBytes, long withinMs) {
        RequestBody reading = new RequestBody(request, mostBytes);
        reading.run();
        if (!reading.body.isDone()) {
            CompletableFuture.delayedExecutor(withinMs, TimeUnit.MILLISECONDS)
                    .execute(() -> reading.body.completeExceptionally(new TooSlowException(withinMs)));
        }
        return reading.body;
    }

    @Override
    public void run() {
        while (!body.isDone()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                body.completeExceptionally(chunk.getFailure());
                return;
            }
            take(chunk);
        }
    }

    private void take(Content.Chunk chunk) {
        readBytes += chunk.remaining();
        if (readBytes <= mostBytes) {
            byte[] part = new byte[chunk.remaining()];
            chunk.getByteBuffer().get(part);
            bytes.writeBytes(part);
        }
        boolean last = chunk.isLast();
        chunk.release();
        if (readBytes > mostBytes && (last || readBytes > MOST_DISCARDED_BYTES)) {
            body.completeExceptionally(new TooLongException(mostBytes));
        } else if (last) {
            body.complete(bytes.toByteArray());
        }
    }
}
