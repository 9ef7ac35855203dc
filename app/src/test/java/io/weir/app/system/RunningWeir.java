package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process of Weir shows to the world over HTTP. */
public final class RunningWeir {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");
    private static final Pattern EVENTS = Pattern.compile("^weir_events_total\\{(.*)\\} (\\S+)$", Pattern.MULTILINE);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final URI page;

    private RunningWeir(URI page) {
        this.page = page;
    }

    /** Waits until the process has said where it listens. */
    public static RunningWeir of(Child process) {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        !process.isAlive() || ADDRESS.matcher(process.out()).find());
        Matcher address = ADDRESS.matcher(process.out());
        assertThat(address.find()).as("has an address; says %s", process).isTrue();
        return new RunningWeir(URI.create(address.group()));
    }

    URI page() {
        return page;
    }

    HttpResponse<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(page.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("no answer from " + page + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public int status(String path) {
        return get(path).statusCode();
    }

    JsonNode json(String path) throws IOException {
        return new ObjectMapper().readTree(get(path).body());
    }

    /** Records read, by the labels of {@code weir_events_total} that are not zero, such as {@code visits late}. */
    public Map<String, Long> events() {
        Map<String, Long> events = new TreeMap<>();
        Matcher lines = EVENTS.matcher(get("metrics").body());
        while (lines.find()) {
            long records = (long) Double.parseDouble(lines.group(2));
            if (records > 0) {
                String labels = lines.group(1);
                String name = (label(labels, "input") + " " + label(labels, "outcome") + " " + label(labels, "reason"))
                        .strip();
                events.merge(name, records, Long::sum);
            }
        }
        return events;
    }

    /** Records read, whatever became of them. */
    public long read() {
        return events().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Input and totals partitions that this instance owns. */
    public long ownedPartitions() {
        return get("metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("weir_owned_partitions"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String label(String labels, String name) {
        Matcher value = Pattern.compile(name + "=\"([^\"]*)\"").matcher(labels);
        return value.find() ? value.group(1) : "";
    }
}
