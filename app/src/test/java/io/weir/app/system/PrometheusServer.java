package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A real Prometheus on a free port, which ends with {@link #close}. */
final class PrometheusServer implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Process process;
    private final URI api;

    private PrometheusServer(Process process, URI api) {
        this.process = process;
        this.api = api;
    }

    /** Starts it with this configuration file; {@code folder} keeps its data and what it says. */
    static PrometheusServer start(Path folder, Path configuration) throws IOException {
        Path program = Programs.require("prometheus", "prometheus");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "prometheus-end"));
        return new PrometheusServer(process, URI.create("http://127.0.0.1:" + port + "/api/v1/"));
    }

    boolean isReady() {
        assertThat(process.isAlive()).as("Prometheus runs").isTrue();
        try {
            return get(api.resolve("/-/ready")).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The samples of an instant query, each with {@code metric} and {@code value}. */
    JsonNode query(String expression, Instant at) throws IOException {
        return post("query", Map.of("query", expression, "time", at.toString()));
    }

    /** The series of a range query, each with {@code metric} and {@code values}. */
    JsonNode query(String expression, Instant start, Instant end, Duration step) throws IOException {
        return post(
                "query_range",
                Map.of(
                        "query", expression,
                        "start", start.toString(),
                        "end", end.toString(),
                        "step", Long.toString(step.toSeconds())));
    }

    /** The names of all metrics that it has ever had. */
    List<String> metrics() throws IOException {
        JsonNode answer = new ObjectMapper()
                .readTree(get(api.resolve("label/__name__/values")).body());
        List<String> names = new ArrayList<>();
        answer.path("data").forEach(name -> names.add(name.asText()));
        return names;
    }

    private JsonNode post(String path, Map<String, String> form) throws IOException {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> response = send(HttpRequest.newBuilder(api.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        JsonNode answer = new ObjectMapper().readTree(response.body());
        assertThat(answer.path("status").asText())
                .as("%s: %s", form.get("query"), response.body())
                .isEqualTo("success");
        return answer.at("/data/result");
    }

    private static HttpResponse<String> get(URI uri) throws IOException {
        return send(HttpRequest.newBuilder(uri));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return CLIENT.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
