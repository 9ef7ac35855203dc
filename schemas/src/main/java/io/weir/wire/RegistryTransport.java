package io.weir.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call to the registry's REST API: each server in turn, and all of them again after a wait that doubles, until one
 * gives a definite answer. Safe for use by several threads.
 */
final class RegistryTransport {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryTransport.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private final RegistryConfig config;
    private final HttpClient client;

    /** The server that answered last; the others are tried only when it does not. */
    private volatile int preferred;

    RegistryTransport(RegistryConfig config) {
        this.config = config;
        // No redirects: the client would hand our credentials on to wherever they point.
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.connectTimeout());
        if (config.tls() != null) {
            builder.sslContext(config.tls());
        }
        this.client = builder.build();
    }

    /**
     * The answer to a call, success or refusal.
     *
     * @param code the registry's own error code, or the HTTP status if it gave none
     * @param message the registry's explanation, blank on success
     */
    record Answer(int status, int code, String message, JsonNode json) {
        boolean ok() {
            return status / 100 == 2;
        }

        /** True if the registry itself, and not some other server at that URL, says that there is no such thing. */
        boolean notFound() {
            return status == 404 && code / 100 == 404;
        }
    }

    /** @throws RegistryUnavailableException if no server gave an answer, after all retries */
    Answer call(String path, @Nullable JsonNode body) {
        String call = (body == null ? "GET " : "POST ") + path;
        Duration wait = config.firstWait();
        Failure last = null;
        for (int attempt = 0; attempt <= config.maxRetries(); attempt++) {
            if (attempt > 0) {
                LOG.warn("{}; trying again in {} ms", last, wait.toMillis());
                pause(wait);
                wait = wait.multipliedBy(2).compareTo(config.maxWait()) < 0 ? wait.multipliedBy(2) : config.maxWait();
            }
            int first = preferred;
            for (int i = 0; i < config.endpoints().size(); i++) {
                int index = (first + i) % config.endpoints().size();
                RegistryConfig.Endpoint endpoint = config.endpoints().get(index);
                try {
                    Answer answer = ask(endpoint, path, body);
                    preferred = index;
                    return answer;
                } catch (IOException e) {
                    last = new Failure(endpoint, call, reason(e), e);
                }
            }
        }
        throw new RegistryUnavailableException(
                last + " (" + (config.maxRetries() + 1) + " attempts)", last == null ? null : last.cause());
    }

    /** The exception for an answer that only a wrong set-up explains: a refused login, a server of another kind. */
    RegistryUnavailableException misfit(String call, Answer answer) {
        String cure = switch (answer.status()) {
            case 401, 403 -> "; check basic.auth.user.info and the client's certificate";
            case 301, 302, 307, 308 -> "; set schema.registry.url to the address that it redirects to";
            default -> "; check that schema.registry.url is the root of a schema registry's API";
        };
        return new RegistryUnavailableException(
                "Schema registry " + config.endpoints().get(preferred) + " answered " + call + " with "
                        + answer.status() + " " + answer.message() + cure,
                null);
    }

    List<RegistryConfig.Endpoint> endpoints() {
        return config.endpoints();
    }

    private Answer ask(RegistryConfig.Endpoint endpoint, String path, @Nullable JsonNode body) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(endpoint.base() + path))
                .timeout(config.readTimeout())
                .header("Accept", CONTENT_TYPE + ", application/json");
        if (endpoint.authorization() != null) {
            request.header("Authorization", endpoint.authorization());
        }
        if (body != null) {
            request.header("Content-Type", CONTENT_TYPE).POST(BodyPublishers.ofString(body.toString()));
        }
        HttpResponse<String> response = send(request.build());
        int status = response.statusCode();
        if (status >= 500 || status == 429 || status == 408) {
            throw new IOException("HTTP status " + status + " " + briefly(response.body()));
        }
        return answer(status, response.body());
    }

    private static Answer answer(int status, String body) throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            if (status / 100 == 2) {
                throw new IOException("HTTP status " + status + " without JSON: " + briefly(body), e);
            }
            return new Answer(status, status, briefly(body), JSON.nullNode());
        }
        int code = json.path("error_code").asInt(status);
        String message = json.path("message").asText("");
        return new Answer(status, code, status / 100 == 2 ? "" : briefly(message), json);
    }

    /** Waits for the whole answer; the request's own timeout ends with the headers. */
    private HttpResponse<String> send(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<String>> sent = client.sendAsync(request, BodyHandlers.ofString());
        try {
            return sent.get(config.connectTimeout().plus(config.readTimeout()).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            sent.cancel(true);
            throw new InterruptException("Interrupted while asking the schema registry", e);
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new IOException("no whole answer within " + config.readTimeout(), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof IOException io ? io : new IOException(cause);
        }
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException("Interrupted while waiting to ask the schema registry again", e);
        }
    }

    private static String reason(Throwable e) {
        String message = e.getMessage();
        String name = e.getClass().getSimpleName();
        return message == null || message.isBlank() ? name : name + ": " + message;
    }

    private static String briefly(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 300 ? line : line.substring(0, 300) + "...";
    }

    private record Failure(RegistryConfig.Endpoint endpoint, String call, String reason, IOException cause) {
        @Override
        public String toString() {
            return "Schema registry " + endpoint + " did not answer " + call + ": " + reason;
        }
    }
}
