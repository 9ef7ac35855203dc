package io.weir.app.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Days of shops in which nothing is wrong: Poisson traffic with the rhythm of a day, some busy products and many quiet
 * ones, payments minutes after visits. Every alarm is false.
 *
 * <p>By hand, for many days: {@code FalseAlarms FIRST_SEED LAST_SEED PRODUCTS GREATEST_CHANCE}.
 */
final class FalseAlarms {
    private static final int HOURS = 24;

    private final List<String> alarms = new ArrayList<>();

    FalseAlarms(long seed, int products, int hours, double greatestChance) {
        long startMs = Instant.parse("2026-11-20T00:00:00Z").toEpochMilli();
        SimulatedShop shop = new SimulatedShop(seed, startMs, greatestChance);
        shop.delaySeconds = 400;
        shop.rhythm = timeMs -> 1 - 0.8 * Math.cos(2 * Math.PI * (timeMs - startMs) / 86_400_000.0);
        for (int i = 0; i < products; i++) {
            double visitsPerSecond = 12.0 / (i + 1);
            shop.lane("p" + i, i % 3 == 0 ? "weibo" : "search", visitsPerSecond, 0.02 + 0.08 * (i % 5) / 5);
        }
        Set<Object> standing = new HashSet<>();
        for (int second = 0; second < hours * 3_600; second++) {
            shop.pass(1);
            Set<Object> now = new HashSet<>();
            for (Alert alert : shop.alerts()) {
                now.add(List.of(alert.name(), String.valueOf(alert.key())));
                if (!standing.contains(List.of(alert.name(), String.valueOf(alert.key())))) {
                    alarms.add("seed " + seed + ", " + alert);
                }
            }
            standing = now;
        }
    }

    List<String> alarms() {
        return alarms;
    }

    public static void main(String[] arguments) {
        long first = Long.parseLong(arguments[0]);
        long last = Long.parseLong(arguments[1]);
        int products = Integer.parseInt(arguments[2]);
        double greatestChance = Double.parseDouble(arguments[3]);
        int alarms = 0;
        for (long seed = first; seed <= last; seed++) {
            FalseAlarms day = new FalseAlarms(seed, products, HOURS, greatestChance);
            day.alarms().stream().limit(3).forEach(System.out::println);
            alarms += day.alarms().size();
            System.out.println(alarms + " alarms in " + (seed - first + 1) * products + " product days");
        }
    }
}
