package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real Alertmanager on a free port, which ends with {@link #close}. */
final class AlertmanagerServer implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Process process;
    private final String address;

    /**
     * An alert that is active.
     *
     * @param subject the product, else the source, else an empty text
     * @param receivers who is told of it
     * @param muted whether another alert inhibits it, or somebody has silenced it
     */
    record Alert(String name, String severity, String subject, List<String> receivers, boolean muted) {
        static Alert of(JsonNode json) {
            JsonNode labels = json.path("labels");
            List<String> receivers = new ArrayList<>();
            json.path("receivers")
                    .forEach(receiver -> receivers.add(receiver.path("name").asText()));
            return new Alert(
                    labels.path("alertname").asText(),
                    labels.path("severity").asText(),
                    labels.path("product").asText(labels.path("source").asText()),
                    receivers,
                    json.at("/status/state").asText().equals("suppressed"));
        }
    }

    private AlertmanagerServer(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts it with this configuration file; {@code folder} keeps its data and what it says. */
    static AlertmanagerServer start(Path folder, Path configuration) throws IOException {
        Path program = Programs.require("prometheus-alertmanager", "prometheus-alertmanager");
        String address;
        try (ServerSocket free = new ServerSocket(0)) {
            address = "127.0.0.1:" + free.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + configuration,
                        "--storage.path=" + folder.resolve("alertmanager"),
                        "--web.listen-address=" + address,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("alertmanager.log").toFile())
                .start();
        return new AlertmanagerServer(process, address);
    }

    /** Host and port. */
    String address() {
        return address;
    }

    boolean isReady() {
        assertThat(process.isAlive()).as("Alertmanager runs").isTrue();
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** What fires now. */
    List<Alert> alerts() throws IOException {
        List<Alert> alerts = new ArrayList<>();
        new ObjectMapper().readTree(get("/api/v2/alerts").body()).forEach(json -> alerts.add(Alert.of(json)));
        return alerts;
    }

    private HttpResponse<String> get(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
