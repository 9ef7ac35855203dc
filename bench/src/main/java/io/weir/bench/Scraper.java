package io.weir.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/**
 * Reads an engine's metrics once a second, compressed as Prometheus asks for them, from the moment on at which their
 * address is known.
 */
final class Scraper implements AutoCloseable {
    private final Path address;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final ScheduledExecutorService thread;
    private volatile Scrapes scrapes = Scrapes.NONE;

    /** @param address a file that will hold the URL, or never be there */
    Scraper(Path address) {
        this.address = address;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "bench-scraper");
            created.setDaemon(true);
            return created;
        });
        thread.scheduleAtFixedRate(this::scrape, 1, 1, TimeUnit.SECONDS);
    }

    private void scrape() {
        try {
            if (!Files.exists(address)) {
                return;
            }
            HttpRequest request = HttpRequest.newBuilder(URI.create(Files.readString(address)))
                    .timeout(Duration.ofSeconds(10))
                    .header("Accept-Encoding", "gzip")
                    .build();
            long beganNs = System.nanoTime();
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            double millis = (System.nanoTime() - beganNs) / 1e6;
            if (answer.statusCode() == 200) {
                note(millis, unpacked(answer));
            }
        } catch (IOException e) {
            // The engine is not up yet, or down again.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] unpacked(HttpResponse<byte[]> answer) throws IOException {
        if (!answer.headers().allValues("Content-Encoding").contains("gzip")) {
            return answer.body();
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return in.readAllBytes();
        }
    }

    private void note(double millis, byte[] metrics) {
        List<Double> all = new ArrayList<>(scrapes.millis());
        all.add(millis);
        scrapes = new Scrapes(all, Math.max(scrapes.mostSeries(), series(metrics)));
    }

    /** The lines that are not comments. */
    private static long series(byte[] metrics) {
        long series = 0;
        boolean atStart = true;
        for (byte next : metrics) {
            if (atStart && next != '#' && next != '\n') {
                series++;
            }
            atStart = next == '\n';
        }
        return series;
    }

    /** Those until now. */
    Scrapes scrapes() {
        return scrapes;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
