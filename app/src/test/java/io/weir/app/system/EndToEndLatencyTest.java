package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.app.config.WeirConfig;
import io.weir.app.pipeline.Codec;
import io.weir.app.pipeline.EventSink;
import io.weir.oracle.EventRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures how long it takes from an event's publication until the page's stream and {@code /metrics} show it, and prints
 * that. Nothing is asserted of the time: {@code -Dweir.latency.rate=20000 -Dweir.latency.probes=240} measures at full
 * load on a machine that does nothing else.
 */
class EndToEndLatencyTest {
    private static final int RATE = Integer.getInteger("weir.latency.rate", 200);
    private static final int PROBES = Integer.getInteger("weir.latency.probes", 20);
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final Duration BETWEEN_SCRAPES = Duration.ofMillis(250);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String SOURCE = "latency-probe";
    private static final Pattern SCRAPED =
            Pattern.compile("weir_source_visits\\{source=\"" + SOURCE + "\",window=\"today\"\\} (\\S+)");

    @TempDir
    Path folder;

    /** When the first so many probes were seen. */
    private static final class Seen {
        private final List<Long> atNs = Collections.synchronizedList(new ArrayList<>());

        void count(long probes) {
            while (atNs.size() < probes) {
                atNs.add(System.nanoTime());
            }
        }

        boolean all() {
            return atNs.size() >= PROBES;
        }

        String since(List<Long> sentNs) {
            List<Long> tookMs = new ArrayList<>();
            for (int i = 0; i < PROBES; i++) {
                tookMs.add((atNs.get(i) - sentNs.get(i)) / 1_000_000);
            }
            Collections.sort(tookMs);
            return "median %d ms, 95 %% %d ms, 99 %% %d ms, greatest %d ms"
                    .formatted(part(tookMs, 0.5), part(tookMs, 0.95), part(tookMs, 0.99), part(tookMs, 1));
        }

        private static long part(List<Long> sorted, double share) {
            return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
        }
    }

    @Test
    void everyEventReachesThePageAndTheMetricsAndHowLongThatTakesIsPrinted() throws Exception {
        Seen onPage = new Seen();
        Seen inMetrics = new Seen();
        String rate = Integer.toString(RATE);
        // As ./weir starts it, where tests start everything with little memory and the fast compiler only.
        List<String> asInEarnest = List.of("env", "_JAVA_OPTIONS=-Xmx2g -XX:TieredStopAtLevel=4");
        try (Child demo = Child.start(
                folder, asInEarnest, "demo", "--rate", rate, "--incident-for", "PT0S", "--set", "http.port=0")) {
            RunningWeir weir = RunningWeir.of(demo);
            await().atMost(LONG).until(() -> weir.status("health/ready") == 200);
            await().atMost(LONG).ignoreExceptions().until(() -> weir.read() > 20L * RATE);
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> follow(weir.page(), onPage));
            CompletableFuture<Void> scraping = CompletableFuture.runAsync(() -> scrape(weir, inMetrics));
            List<Long> sentNs = publish(demo, weir.page());
            CompletableFuture.allOf(reading, scraping).get(LONG.toSeconds(), TimeUnit.SECONDS);
            System.out.printf(
                    "latency at %d events/s beside %d probes: published to page's stream %s; to /metrics %s%n",
                    RATE, PROBES, onPage.since(sentNs), inMetrics.since(sentNs));
        }
    }

    private static List<Long> publish(Child demo, URI page) throws Exception {
        Matcher broker = Pattern.compile("Kafka +(\\S+)").matcher(demo.out());
        assertThat(broker.find()).isTrue();
        WeirConfig config = WeirConfig.of(Map.of(
                "kafka.bootstrap.servers",
                broker.group(1),
                "schema.registry.url",
                page.resolve("registry").toString()));
        Serializer<SpecificRecord> serializer = new Codec(config, null).serializer();
        List<Long> sentNs = new ArrayList<>();
        try (Producer<byte[], byte[]> producer = EventSink.producer(config)) {
            for (int i = 0; i < PROBES; i++) {
                long dueNs = System.nanoTime() + BETWEEN.toNanos();
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> System.nanoTime() > dueNs);
                String visitor = SOURCE + i;
                long now = System.currentTimeMillis();
                EventRow row = EventRow.visit(visitor, visitor, "mug", SOURCE, null, null, now);
                byte[] value = serializer.serialize("weir.visits", Events.message(row));
                byte[] key = visitor.getBytes(StandardCharsets.UTF_8);
                sentNs.add(System.nanoTime());
                producer.send(new ProducerRecord<>("weir.visits", null, now, key, value))
                        .get();
            }
        }
        return sentNs;
    }

    /** Reads the page's stream until all probes have been seen. */
    private static void follow(URI page, Seen seen) {
        ObjectMapper json = new ObjectMapper();
        HttpRequest request = HttpRequest.newBuilder(page.resolve("api/v1/stream?window=today&top=1000"))
                .build();
        try (Stream<String> lines = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofLines())
                .body()) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.startsWith("data:")) {
                    for (JsonNode source :
                            json.readTree(line.substring(5)).path("sources").path("lines")) {
                        if (source.path("source").asText().equals(SOURCE)) {
                            seen.count(source.path("measures").path("visits").asLong());
                        }
                    }
                }
                if (seen.all()) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void scrape(RunningWeir weir, Seen seen) {
        await().atMost(LONG)
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN_SCRAPES)
                .until(() -> {
                    Matcher visits = SCRAPED.matcher(weir.get("metrics").body());
                    if (visits.find()) {
                        seen.count((long) Double.parseDouble(visits.group(1)));
                    }
                    return seen.all();
                });
    }
}
