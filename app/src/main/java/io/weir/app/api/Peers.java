package io.weir.app.api;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/**
 * Asks other instances what they own. Thread-safe.
 *
 * <p>Only paths below {@link #LOCAL} are asked for, and these never ask on: there can be no circle.
 */
public final class Peers {
    /** Below this an instance answers for itself alone. */
    public static final String LOCAL = "/api/v1/local/";

    /** Says which application is asked, so that a stranger on the port of an instance that has ended is noticed. */
    static final String APPLICATION = "application";

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final String application;
    private final String scheme;
    private final HttpClient client;
    private final ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** @param tls whom to trust; null for plain HTTP */
    public Peers(String application, @Nullable SSLContext tls) {
        this.application = application;
        this.scheme = tls == null ? "http" : "https";
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT_WITHIN);
        this.client = (tls == null ? builder : builder.sslContext(tls)).build();
    }

    /** What this instance answers; fails with a {@link Refusal} if it does not. */
    <P> CompletableFuture<P> ask(HostInfo host, String path, Question question, Class<P> type) {
        String address = host.host().contains(":") ? "[" + host.host() + "]" : host.host();
        String url = scheme + "://" + address + ":" + host.port();
        String query = question.with(APPLICATION, application).query();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + LOCAL + path + "?" + query))
                .timeout(ANSWER_WITHIN);
        if (question.authorization() != null) {
            request.header("Authorization", question.authorization());
        }
        return client.sendAsync(request.build(), BodyHandlers.ofByteArray()).handle((answer, failure) -> {
            if (failure != null) {
                throw Refusal.unavailable("the instance at " + url + " does not answer (" + reason(failure)
                        + "); ask again when it is back or its work has moved to another");
            }
            return read(url, answer, type);
        });
    }

    private <P> P read(String url, HttpResponse<byte[]> answer, Class<P> type) {
        try {
            if (answer.statusCode() == 200) {
                return json.readValue(answer.body(), type);
            }
            String error = json.readTree(answer.body()).path("error").asText("no reason given");
            throw Refusal.passedOn(answer.statusCode(), error, "the instance at " + url);
        } catch (IOException e) {
            throw Refusal.unavailable("the instance at " + url
                    + " answers what this one does not understand; run the same version everywhere");
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ConnectException) {
            return "no connection";
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
