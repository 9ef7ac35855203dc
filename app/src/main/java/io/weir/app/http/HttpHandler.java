package io.weir.app.http;

import io.weir.app.api.Question;
import io.weir.app.api.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests by {@link Routes}: login, methods, limits, security headers, compression and failures. Thread-safe; no
 * thread waits for a client or for another instance.
 */
final class HttpHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);

    /** Smaller bodies are not worth compressing. */
    private static final int LEAST_GZIP_BYTES = 1_024;

    /** The last of zlib's levels that takes the first match it finds: half the time of the usual one, a sixth more bytes. */
    private static final int GZIP_LEVEL = 3;

    private static final String RETRY_AFTER_SECONDS = "2";

    /** On every answer. The page needs scripts, styles and data from here, and nothing from anywhere else. */
    private static final HttpFields SECURITY = HttpFields.build()
            .put(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
            .put("X-Content-Type-Options", "nosniff")
            .put("X-Frame-Options", "DENY")
            .put("Referrer-Policy", "no-referrer")
            .put("Cross-Origin-Resource-Policy", "same-origin")
            .put("Cross-Origin-Opener-Policy", "same-origin")
            .put(HttpHeader.CACHE_CONTROL, "no-store")
            .asImmutable();

    private final Routes routes;
    private final BoardStreams streams;
    private final @Nullable BasicLogin login;
    private final long bodyWithinMs;

    /**
     * @param login who may ask; null for anybody
     * @param bodyWithinMs how long a request's body may take
     */
    HttpHandler(Routes routes, BoardStreams streams, @Nullable BasicLogin login, long bodyWithinMs) {
        this.routes = routes;
        this.streams = streams;
        this.login = login;
        this.bodyWithinMs = bodyWithinMs;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        for (HttpField field : SECURITY) {
            response.getHeaders().put(field);
        }
        RequestBody.read(request, HttpServer.MOST_BODY_BYTES, bodyWithinMs)
                .thenCompose(body -> answer(request, response, callback, body))
                .exceptionally(failure -> {
                    write(request, response, callback, failed(request, cause(failure)));
                    return null;
                })
                .exceptionally(fault -> {
                    callback.failed(fault);
                    return null;
                });
        return true;
    }

    /** Answers; fails if there was no answer. */
    private CompletableFuture<Void> answer(Request request, Response response, Callback callback, byte[] body) {
        String path = Request.getPathInContext(request);
        if (isStream(request, path)) {
            Question question = question(request);
            return streams.first(question).thenAccept(first -> {
                response.setStatus(200);
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, EventStream.TYPE);
                streams.begin(question, first, response, callback);
            });
        }
        return reply(request, path, body).thenAccept(reply -> write(request, response, callback, reply));
    }

    private boolean isStream(Request request, String path) {
        return path.equals(Routes.STREAM) && request.getMethod().equals("GET") && isAdmitted(request, path);
    }

    private CompletableFuture<Reply> reply(Request request, String path, byte[] body) {
        String method = request.getMethod();
        if (!isAdmitted(request, path)) {
            return CompletableFuture.completedFuture(Reply.error(401, "a login is needed")
                    .with(HttpHeader.WWW_AUTHENTICATE.asString(), BasicLogin.challenge()));
        }
        ApiMount mount = routes.mountOf(path);
        if (mount != null) {
            String below = request.getHttpURI().getPathQuery().substring(Routes.REGISTRY_PREFIX.length());
            return CompletableFuture.completedFuture(
                    mount.handle(method, below.startsWith("/") ? below : "/" + below, body));
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return CompletableFuture.completedFuture(Reply.error(405, "only GET and HEAD are allowed here")
                    .with(HttpHeader.ALLOW.asString(), "GET, HEAD"));
        }
        return routes.get(path, question(request));
    }

    private boolean isAdmitted(Request request, String path) {
        return login == null
                || path.startsWith(Routes.HEALTH_PREFIX)
                || login.admits(request.getHeaders().get(HttpHeader.AUTHORIZATION));
    }

    private static Question question(Request request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            if (field.getValues().size() > 1) {
                throw Refusal.wrong("the parameter " + field.getName() + " is there more than once; give it one value");
            }
            parameters.put(field.getName(), field.getValue());
        }
        return new Question(parameters, request.getHeaders().get(HttpHeader.AUTHORIZATION));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static Reply failed(Request request, Throwable failure) {
        Refusal refusal = Refusal.of(failure);
        if (refusal != null) {
            Reply reply = Reply.error(refusal.status(), refusal.reason());
            return refusal.isTemporary() ? reply.with(HttpHeader.RETRY_AFTER.asString(), RETRY_AFTER_SECONDS) : reply;
        }
        if (failure instanceof RequestBody.TooLongException tooLong) {
            return Reply.error(413, String.valueOf(tooLong.getMessage()));
        }
        if (failure instanceof RequestBody.TooSlowException tooSlow) {
            return Reply.error(408, String.valueOf(tooSlow.getMessage()))
                    .with(HttpHeader.CONNECTION.asString(), "close");
        }
        if (failure instanceof IOException) {
            return Reply.error(400, "the request's body cannot be read");
        }
        if (failure instanceof HttpException wrong) {
            return Reply.error(wrong.getCode(), "the request was refused");
        }
        LOG.error("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), failure);
        return Reply.error(500, "the request failed; the log says why");
    }

    private static void write(Request request, Response response, Callback callback, Reply reply) {
        HttpFields.Mutable headers = response.getHeaders();
        response.setStatus(reply.status());
        headers.put(HttpHeader.CONTENT_TYPE, reply.contentType());
        reply.headers().forEach(headers::put);
        byte[] body = reply.body();
        if (body.length >= LEAST_GZIP_BYTES) {
            headers.put(HttpHeader.VARY, "Accept-Encoding");
            if (acceptsGzip(request)) {
                headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
                body = gzip(body);
            }
        }
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static boolean acceptsGzip(Request request) {
        return request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING).contains("gzip");
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 4);
        try (FastGzip out = new FastGzip(compressed)) {
            out.write(body);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return compressed.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(GZIP_LEVEL);
        }
    }
}
