package io.weir.app.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests by {@link Routes}: methods, limits, security headers, compression and failures. Thread-safe. */
final class HttpHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);

    /** Smaller bodies are not worth compressing. */
    private static final int LEAST_GZIP_BYTES = 1_024;

    /** How much of a body that is too long is read and thrown away before the refusal. */
    private static final long MOST_DISCARDED_BYTES = 8L << 20;

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

    HttpHandler(Routes routes) {
        this.routes = routes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        for (HttpField field : SECURITY) {
            response.getHeaders().put(field);
        }
        write(request, response, callback, answer(request, response));
        return true;
    }

    private Reply answer(Request request, Response response) {
        String method = request.getMethod();
        String path = Request.getPathInContext(request);
        try {
            byte[] body = body(request);
            if (body == null) {
                return Reply.error(413, "the body is longer than " + HttpServer.MOST_BODY_BYTES + " bytes");
            }
            ApiMount mount = routes.mountOf(path);
            if (mount != null) {
                String below = request.getHttpURI().getPathQuery().substring(Routes.REGISTRY_PREFIX.length());
                return mount.handle(method, below.startsWith("/") ? below : "/" + below, body);
            }
            if (!method.equals("GET") && !method.equals("HEAD")) {
                response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
                return Reply.error(405, "only GET and HEAD are allowed here");
            }
            return routes.get(path, Request.extractQueryParameters(request));
        } catch (IOException e) {
            return Reply.error(400, "the request's body cannot be read");
        } catch (HttpException.RuntimeException e) {
            return Reply.error(e.getCode(), "the request was refused");
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", method, request.getHttpURI().getPath(), e);
            return Reply.error(500, "the request failed; the log says why");
        }
    }

    /**
     * The whole body; null when it is longer than allowed. It is read even where nobody wants it: a client that is still
     * sending when the connection closes never sees the answer.
     */
    private static byte @Nullable [] body(Request request) throws IOException {
        try (InputStream in = Request.asInputStream(request)) {
            byte[] body = in.readNBytes(HttpServer.MOST_BODY_BYTES + 1);
            if (body.length <= HttpServer.MOST_BODY_BYTES) {
                return body;
            }
            for (long left = MOST_DISCARDED_BYTES; left > 0; ) {
                int discarded = in.read(body, 0, (int) Math.min(left, body.length));
                left = discarded < 0 ? 0 : left - discarded;
            }
            return null;
        }
    }

    private static void write(Request request, Response response, Callback callback, Reply reply) {
        HttpFields.Mutable headers = response.getHeaders();
        response.setStatus(reply.status());
        headers.put(HttpHeader.CONTENT_TYPE, reply.contentType());
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
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(body);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return compressed.toByteArray();
    }
}
