package io.weir.oracle;

import static io.weir.oracle.RandomCases.oneOf;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes one event after another, each with an eye on those before it; their times go back and forth. */
final class RandomTraffic {
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 3_600_000;

    /** Names that are easily mangled: quoted, cut, folded, trimmed or sorted by UTF-16 unit. */
    private static final List<String> NAMES = List.of(
            "mug",
            "Mug",
            "MUG ",
            " mug",
            "a,b",
            "say \"hi\"",
            "two\nlines",
            "it's",
            "n o",
            "ö",
            "o\u0308",
            "商品",
            "\uFF5A\uFF41",
            "\uD83D\uDE00",
            "\uD83D\uDE00b",
            "0",
            "null",
            "total");

    private static final List<String> SOURCES =
            List.of("direct", "unknown", "Direct", "search", "直通车", "a,\"b\"", "\uFF53", "\uD83D\uDE80", "weibo");

    private static final List<String> CAMPAIGNS = List.of("spring", "双 11", "x,y", "\uFF43", "\uD83C\uDF81");

    /** Before a serial number, so that the order of ids is another than that of their making. */
    private static final List<String> ID_PREFIXES = List.of("", "a", "B", "z\"", "ö,", "\uFF5A", "\uD83D\uDE00");

    private static final List<Long> AMOUNTS = List.of(0L, 1L, 10_000_000L, 3_000_000_000L, 9_000_000_000_000L);

    private final OracleSettings settings;
    private final long momentMs;
    private final long spanMs;
    private final Random random;
    private final List<String> visitors;
    private final List<String> products;
    private final List<String> sources;
    private final List<String> campaigns;
    private final List<EventRow> made = new ArrayList<>();
    private final List<String> clickIds = new ArrayList<>();

    RandomTraffic(OracleSettings settings, long momentMs, long spanMs, int visitors, Random random) {
        this.settings = settings;
        this.momentMs = momentMs;
        this.spanMs = spanMs;
        this.random = random;
        this.visitors = visitorNames(visitors);
        this.products = some(NAMES, 3);
        this.sources = some(SOURCES, 3);
        this.campaigns = some(CAMPAIGNS, 2);
    }

    EventRow next() {
        int draw = random.nextInt(100);
        EventRow row = draw < 35 ? click() : draw < 75 ? visit() : payment();
        made.add(row);
        return row;
    }

    private EventRow click() {
        String id = id();
        clickIds.add(id);
        return EventRow.click(
                id, visitor(), oneOf(products, random), oneOf(sources, random), campaign(), amount(), time());
    }

    private EventRow visit() {
        String source = random.nextBoolean() ? oneOf(sources, random) : blank();
        return EventRow.visit(id(), visitor(), oneOf(products, random), source, campaign(), clickId(), time());
    }

    private EventRow payment() {
        long quantity = random.nextInt(10) == 0 ? 3_000_000_000L : 1 + random.nextInt(3);
        return EventRow.payment(id(), visitor(), oneOf(products, random), quantity, amount(), time());
    }

    private String id() {
        return oneOf(ID_PREFIXES, random) + made.size();
    }

    private String visitor() {
        return oneOf(visitors, random);
    }

    private String campaign() {
        return random.nextInt(3) == 0 ? blank() : oneOf(campaigns, random);
    }

    private String blank() {
        return oneOf(Arrays.asList(null, "", "   ", "\t"), random);
    }

    private long amount() {
        return oneOf(AMOUNTS, random);
    }

    /** Mostly blank or that of a click of anyone on any product at any time, rarely one that no click has. */
    private String clickId() {
        int draw = random.nextInt(10);
        if (draw == 0) {
            return "no-such-click";
        }
        return draw < 5 || clickIds.isEmpty() ? blank() : oneOf(clickIds, random);
    }

    private long time() {
        int draw = random.nextInt(10);
        if (draw < 6 && !made.isEmpty()) {
            return nearAnother(oneOf(made, random).timeMs());
        }
        long timeMs = momentMs + (long) ((random.nextDouble() - 0.5) * spanMs);
        return draw < 8 ? nearBorder(timeMs) : timeMs;
    }

    /** The same instant as another event, or one limit of the rules away from it, or a millisecond beside that. */
    private long nearAnother(long timeMs) {
        long landingMs = settings.landingWindow().toMillis();
        long attributionMs = settings.attributionWindow().toMillis();
        long smallMs = random.nextInt(1000);
        long distanceMs = oneOf(List.of(0L, 0L, 0L, smallMs, landingMs / 2, landingMs, attributionMs), random);
        return timeMs + (random.nextInt(4) == 0 ? -distanceMs : distanceMs) + millisecondBeside();
    }

    private long nearBorder(long timeMs) {
        LocalDate date = Instant.ofEpochMilli(timeMs).atZone(settings.zone()).toLocalDate();
        long dayStartMs = date.atStartOfDay(settings.zone()).toInstant().toEpochMilli();
        long minuteMs = timeMs - timeMs % MINUTE_MS;
        long hourMs = timeMs - timeMs % HOUR_MS;
        return oneOf(List.of(minuteMs, hourMs, dayStartMs, momentMs), random) + millisecondBeside();
    }

    private long millisecondBeside() {
        return oneOf(List.of(0L, 0L, -1L, 1L), random);
    }

    private List<String> visitorNames(int count) {
        List<String> names = new ArrayList<>(NAMES);
        while (names.size() < count) {
            names.add("visitor " + names.size());
        }
        Collections.shuffle(names.subList(0, NAMES.size()), random);
        return List.copyOf(names.subList(0, count));
    }

    private List<String> some(List<String> names, int most) {
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, 1 + random.nextInt(most)));
    }
}
