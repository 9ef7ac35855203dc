package io.weir.app.metrics;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One scrape's samples, read as simply as the text format allows. */
final class Scrape {
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)", Pattern.DOTALL);
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final String text;
    private final List<Sample> samples;

    record Sample(String name, Map<String, String> labels, double value) {
        String label(String label) {
            return labels.getOrDefault(label, "");
        }
    }

    private Scrape(byte[] body) {
        text = new String(body, StandardCharsets.UTF_8);
        samples = text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(Scrape::sample)
                .toList();
    }

    static Scrape of(Metrics metrics) {
        return new Scrape(metrics.scrape());
    }

    private static Sample sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalStateException("no sample: " + line);
        }
        Map<String, String> labels = new TreeMap<>();
        Matcher each = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2));
        while (each.find()) {
            labels.put(each.group(1), each.group(2));
        }
        return new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3)));
    }

    String text() {
        return text;
    }

    List<String> lines() {
        return text.lines().toList();
    }

    List<Sample> samples(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }

    /** The values of a metric in one window, by the value of a label. */
    Map<String, Double> byLabel(String name, String label, String window) {
        Map<String, Double> values = new LinkedHashMap<>();
        samples(name).stream()
                .filter(sample -> sample.label("window").equals(window))
                .forEach(sample -> values.put(sample.label(label), sample.value()));
        return values;
    }

    /** The sum over all series of a metric in one window. */
    double sum(String name, String window) {
        return samples(name).stream()
                .filter(sample -> sample.label("window").equals(window))
                .mapToDouble(Sample::value)
                .sum();
    }
}
