package io.weir.app.api;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks, read strictly: what is not understood is refused with a list of what is allowed.
 *
 * @param parameters of the query, decoded
 * @param authorization the header of that name, passed on to other instances; null for none
 */
public record Question(
        Map<String, String> parameters, @Nullable String authorization) {
    private static final String PRODUCT = "product";
    private static final String SOURCE = "source";
    private static final String CAMPAIGN = "campaign";

    /** The parameters that name a key. */
    static final List<String> KEY = List.of(PRODUCT, SOURCE, CAMPAIGN);

    /** The same question with one parameter more. */
    Question with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new Question(more, authorization);
    }

    /** The same question without these parameters. */
    Question without(String... names) {
        Map<String, String> fewer = new LinkedHashMap<>(parameters);
        fewer.keySet().removeAll(List.of(names));
        return new Question(fewer, authorization);
    }

    /** As the query of a URL, without the question mark. */
    String query() {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Refuses other parameters than these. */
    void allowOnly(List<String> names) {
        TreeSet<String> others = new TreeSet<>(parameters.keySet());
        names.forEach(others::remove);
        if (!others.isEmpty()) {
            throw Refusal.wrong("there is no parameter " + String.join(", ", others) + " here; allowed are "
                    + (names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names))));
        }
    }

    /** The text of this parameter, null if it is not there. */
    @Nullable
    String text(String name) {
        String text = parameters.get(name);
        if (text != null && text.isBlank()) {
            throw Refusal.wrong(name + " must not be blank; leave it out or give it a value");
        }
        return text;
    }

    /** @param what what the parameter is, for the one who left it out */
    String required(String name, String what) {
        String text = text(name);
        if (text == null) {
            throw Refusal.wrong(name + " is missing: " + what);
        }
        return text;
    }

    /**
     * One of these.
     *
     * @param otherwise when the parameter is not there; null if it must be
     */
    <T> T oneOf(String name, List<T> allowed, Function<T, String> label, @Nullable T otherwise) {
        String labels = allowed.stream().map(label).collect(Collectors.joining(", "));
        String text = text(name);
        if (text == null && otherwise != null) {
            return otherwise;
        }
        for (T each : allowed) {
            if (label.apply(each).equals(text)) {
                return each;
            }
        }
        throw Refusal.wrong(
                text == null ? name + " is missing: one of " + labels : found(name, text) + "one of " + labels);
    }

    /** Whether the answer shall be a CSV file. */
    public boolean wantsCsv() {
        return oneOf("format", List.of("json", "csv"), Function.identity(), "json")
                .equals("csv");
    }

    Dimension dimension() {
        return oneOf("dimension", Arrays.asList(Dimension.values()), Dimension::label, null);
    }

    int number(String name, int otherwise, int greatest) {
        String text = text(name);
        try {
            int number = text == null ? otherwise : Integer.parseInt(text);
            if (number >= 0 && number <= greatest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of range.
        }
        throw Refusal.wrong(found(name, text) + "a whole number from 0 to " + greatest);
    }

    /** Milliseconds since 1970, null if the parameter is not there. */
    @Nullable
    Long timeMs(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            if (!time.isBefore(Instant.EPOCH) && time.isBefore(Instant.parse("9999-01-01T00:00:00Z"))) {
                return time.toEpochMilli();
            }
        } catch (DateTimeException e) {
            // Refused below, like a time out of range.
        }
        throw Refusal.wrong(found(name, text) + "a time such as 2026-03-02T09:00:00Z; a plus sign is written %2B");
    }

    private static String found(String name, @Nullable String text) {
        return name + " is '" + text + "'; allowed is ";
    }

    /** The key that is named, null if none is; all parts that the dimension has must be there, and no others. */
    @Nullable
    DimensionKey key(Dimension dimension) {
        List<String> parts = parts(dimension);
        List<String> given = new ArrayList<>(KEY);
        given.removeIf(part -> text(part) == null);
        if (given.isEmpty()) {
            return null;
        }
        if (!given.equals(parts)) {
            throw Refusal.wrong("a key of the dimension " + dimension.label()
                    + (parts.isEmpty() ? " has no parts" : " is named by " + String.join(" and ", parts))
                    + "; given is " + String.join(" and ", given));
        }
        return DimensionKey.of(dimension, text(PRODUCT), text(SOURCE), text(CAMPAIGN));
    }

    /** The same where one key must be named. */
    DimensionKey requiredKey(Dimension dimension) {
        DimensionKey key = dimension == Dimension.TOTAL && key(dimension) == null ? DimensionKey.TOTAL : key(dimension);
        if (key == null) {
            throw Refusal.wrong("a key of the dimension " + dimension.label() + " is named by "
                    + String.join(" and ", parts(dimension)) + "; given is none");
        }
        return key;
    }

    private static List<String> parts(Dimension dimension) {
        return switch (dimension) {
            case TOTAL -> List.of();
            case PRODUCT -> List.of(PRODUCT);
            case SOURCE -> List.of(SOURCE);
            case PRODUCT_SOURCE -> List.of(PRODUCT, SOURCE);
            case CAMPAIGN -> List.of(SOURCE, CAMPAIGN);
        };
    }

    /** Without the authorization. */
    @Override
    public String toString() {
        return query();
    }
}
