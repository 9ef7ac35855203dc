package io.weir.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.app.api.Api;
import io.weir.app.api.LinesCsv;
import io.weir.app.api.Peers;
import io.weir.app.api.Question;
import io.weir.app.api.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which path shows what. Thread-safe. */
final class Routes {
    static final String REGISTRY_PREFIX = "/registry";
    static final String HEALTH_PREFIX = "/health/";

    /** Answered by {@link BoardStreams}. */
    static final String STREAM = "/api/v1/stream";

    private static final String API = "/api/v1/";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String CSV = "text/csv; charset=utf-8; header=present";
    private static final long ANSWER_WITHIN_SECONDS = 15;

    private final Site site;
    private final Api api;
    private final Assets assets = new Assets();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Route> routes = new LinkedHashMap<>();

    private interface Route {
        CompletableFuture<Reply> answer(Question question);
    }

    Routes(Site site) {
        this.site = site;
        this.api = site.api();
        at("/health/live", now(() -> Reply.json(200, "{\"status\":\"live\"}")));
        at("/health/ready", now(this::ready));
        at("/metrics", now(() -> new Reply(200, PROMETHEUS_TEXT, site.metrics().get())));
        at("/api/v1/now", table("now", api::now, LinesCsv::of));
        at("/api/v1/windows", table("windows", api::windows, LinesCsv::of));
        at("/api/v1/windows/top", table("windows-top", api::top, LinesCsv::of));
        at("/api/v1/board", later(api::board));
        // What a HEAD is told; a GET is a matter of BoardStreams.
        at(STREAM, now(() -> new Reply(200, EventStream.TYPE, new byte[0])));
        at("/api/v1/alerts", later(api::alerts));
        at("/api/v1/credit", later(api::credit));
        at("/api/v1/openapi.json", now(() -> assets.description()));
        // For other instances, about this one alone.
        api.local()
                .forEach((path, call) ->
                        at(Peers.LOCAL + path, question -> completed(() -> json(call.apply(question)))));
    }

    private void at(String path, Route route) {
        routes.put(path, route);
    }

    /** The paths of the API that people use. */
    Set<String> described() {
        Set<String> paths = new TreeSet<>(routes.keySet());
        paths.removeIf(path -> path.startsWith(Peers.LOCAL));
        return paths;
    }

    /** The mounted API, if this path is below its prefix. */
    @Nullable
    ApiMount mountOf(String path) {
        boolean below = path.equals(REGISTRY_PREFIX) || path.startsWith(REGISTRY_PREFIX + "/");
        return below ? site.registry() : null;
    }

    /** The answer to a GET of this path; 404 where there is nothing. Fails with a {@link Refusal} or a fault. */
    CompletableFuture<Reply> get(String path, Question question) {
        Route route = routes.get(path);
        if (route != null) {
            return route.answer(question).orTimeout(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
        }
        Reply asset = assets.find(path);
        return CompletableFuture.completedFuture(
                asset == null ? Reply.error(404, "there is nothing at this path" + cure(path)) : asset);
    }

    private static String cure(String path) {
        return path.startsWith(API) ? "; /api/v1/openapi.json says what there is" : "";
    }

    /** The board as JSON on one line. */
    CompletableFuture<byte[]> board(Question question) {
        return api.board(question)
                .orTimeout(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)
                .thenApply(board -> json(board).body());
    }

    private Reply ready() {
        return site.ready().getAsBoolean()
                ? Reply.json(200, "{\"status\":\"ready\"}")
                : Reply.json(503, "{\"status\":\"not ready\"}");
    }

    private static Route now(Supplier<Reply> reply) {
        return question -> completed(reply);
    }

    private <T> Route later(Function<Question, CompletableFuture<T>> call) {
        return question -> call.apply(question).thenApply(this::json);
    }

    /** An answer that is a table, and so can be had as CSV too. */
    private <T> Route table(String name, Function<Question, CompletableFuture<T>> call, Function<T, LinesCsv> csv) {
        return question -> {
            boolean asCsv = question.wantsCsv();
            return call.apply(question).thenApply(answer -> asCsv ? csv(name, csv.apply(answer)) : json(answer));
        };
    }

    private static Reply csv(String name, LinesCsv table) {
        String file = "weir-" + name + "-" + table.name() + ".csv";
        return new Reply(200, CSV, table.text().getBytes(StandardCharsets.UTF_8))
                .with("Content-Disposition", "attachment; filename=\"" + file + "\"");
    }

    private Reply json(Object answer) {
        try {
            return new Reply(200, Reply.JSON, json.writeValueAsBytes(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer cannot be written as JSON", e);
        }
    }

    private static CompletableFuture<Reply> completed(Supplier<Reply> reply) {
        return CompletableFuture.completedFuture(reply.get());
    }
}
