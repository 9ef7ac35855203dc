package io.weir.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.domain.Click;
import io.weir.domain.Event;
import io.weir.domain.EventType;
import io.weir.domain.Payment;
import io.weir.domain.Visit;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShopTrafficTest {
    private static final long SEED = 7;
    private static final long START_MS = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;

    private static final TrafficSettings SHOP = TrafficSettings.shop(SEED, START_MS, 4);
    /** No daily rhythm and payments within minutes, so that a few hours are like any others. */
    private static final TrafficSettings STEADY = TrafficSettings.shop(SEED, START_MS, 40)
            .withRhythm(ZoneOffset.UTC, 0)
            .withDelayFactor(1 / 60.0);

    private static final List<Event> DAY = until(SHOP, START_MS + DAY_MS);

    private static List<Event> until(TrafficSettings settings, long endMs) {
        List<Event> events = new ArrayList<>();
        ShopTraffic traffic = new ShopTraffic(settings);
        for (Event event = traffic.next(); event.timeMs() < endMs; event = traffic.next()) {
            events.add(event);
        }
        return events;
    }

    private static <T extends Event> Stream<T> only(List<Event> events, Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }

    @Test
    void theSameSettingsGiveTheSameEvents() {
        assertThat(until(SHOP, START_MS + HOUR_MS)).isEqualTo(until(SHOP, START_MS + HOUR_MS));
    }

    @Test
    void anotherSeedGivesOtherEvents() {
        TrafficSettings other = TrafficSettings.shop(SEED + 1, START_MS, 4);
        assertThat(until(other, START_MS + HOUR_MS)).isNotEqualTo(until(SHOP, START_MS + HOUR_MS));
    }

    @Test
    void eventsComeInEventTimeOrderFromTheStartOn() {
        assertThat(DAY.get(0).timeMs()).isBetween(START_MS, START_MS + 60_000);
        assertThat(DAY).extracting(Event::timeMs).isSorted();
    }

    @Test
    void idsAreUniqueWithinTheirType() {
        for (EventType type : EventType.values()) {
            List<String> ids = DAY.stream()
                    .filter(event -> event.type() == type)
                    .map(Event::id)
                    .toList();
            assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        }
    }

    @Test
    void aDayHasAsManyEventsAsTheAverageRateSays() {
        assertThat((double) DAY.size()).isBetween(0.93 * 4 * 86_400, 1.07 * 4 * 86_400);
    }

    @Test
    void sharesOfTheEventTypesAreThoseOfAShop() {
        Map<EventType, Long> counts = DAY.stream().collect(Collectors.groupingBy(Event::type, Collectors.counting()));
        double all = DAY.size();
        assertThat(counts.get(EventType.VISIT) / all).isBetween(0.6, 0.8);
        assertThat(counts.get(EventType.CLICK) / all).isBetween(0.15, 0.35);
        assertThat(counts.get(EventType.PAYMENT) / all).isBetween(0.01, 0.06);
    }

    @Test
    void popularityFollowsZipfsLaw() {
        Map<String, Long> visits =
                only(DAY, Visit.class).collect(Collectors.groupingBy(Visit::productId, Collectors.counting()));
        List<String> products = new ShopTraffic(SHOP).productIds();
        double first = visits.get(products.get(0));
        assertThat(first / visits.get(products.get(9))).isBetween(0.8 * Math.pow(10, 0.9), 1.2 * Math.pow(10, 0.9));
        assertThat(first / visits.get(products.get(99))).isBetween(0.6 * Math.pow(100, 0.9), 1.6 * Math.pow(100, 0.9));
        assertThat(products).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void someClicksNeverLandAndSourcesDifferInHowMany() {
        Set<String> landed = only(DAY, Visit.class)
                .map(Visit::clickId)
                .filter(id -> id != null)
                .collect(Collectors.toSet());
        Function<String, Double> carriedRate = source -> rate(
                only(DAY, Click.class)
                        .filter(click -> click.source().equals(source))
                        .toList(),
                click -> landed.contains(click.id()));
        assertThat(carriedRate.apply("zhitongche")).isBetween(0.84, 0.89);
        assertThat(carriedRate.apply("douyin-ads")).isBetween(0.64, 0.69);
    }

    @Test
    void landingsFollowTheirClickWithinAMinuteOrSo() {
        Map<String, Click> clicks = only(DAY, Click.class).collect(Collectors.toMap(Click::id, Function.identity()));
        assertThat(only(DAY, Visit.class).filter(visit -> visit.clickId() != null))
                .allSatisfy(visit -> {
                    Click click = clicks.get(visit.clickId());
                    assertThat(visit.timeMs() - click.timeMs()).isBetween(800L, 61_000L);
                    assertThat(visit.visitorId()).isEqualTo(click.visitorId());
                    assertThat(visit.productId()).isEqualTo(click.productId());
                });
    }

    @Test
    void sourcesConvertAsTheyAreConfiguredTo() {
        Map<String, Double> conversion = conversionByOnlySource(DAY);
        for (TrafficSource source : TrafficSource.ALL) {
            if (source.name() != null && source.share() >= 0.09) {
                double relative = conversion.get(source.name()) / conversion.get("zhitongche");
                assertThat(relative)
                        .as(source.name())
                        .isBetween(0.8 * source.conversionFactor() / 1.15, 1.25 * source.conversionFactor() / 1.15);
            }
        }
        assertThat(conversion.get("zhitongche")).isBetween(0.03, 0.15);
    }

    /** Buyers ÷ visitors among those visitors that only one source ever brought. */
    private static Map<String, Double> conversionByOnlySource(List<Event> events) {
        Map<String, Set<String>> sources = new HashMap<>();
        Set<String> buyers = new HashSet<>();
        Set<String> visitors = new HashSet<>();
        for (Event event : events) {
            Set<String> named = sources.computeIfAbsent(event.visitorId(), visitor -> new HashSet<>());
            if (event instanceof Click click) {
                named.add(click.source());
            } else if (event instanceof Visit visit) {
                visitors.add(visit.visitorId());
                if (visit.source() != null) {
                    named.add(visit.source());
                }
            } else {
                buyers.add(event.visitorId());
            }
        }
        return visitors.stream()
                .filter(visitor -> sources.get(visitor).size() == 1)
                .collect(Collectors.groupingBy(
                        visitor -> sources.get(visitor).iterator().next(),
                        Collectors.averagingDouble(visitor -> buyers.contains(visitor) ? 1 : 0)));
    }

    @Test
    void clicksOfEachPaidSourceCostWhatItIsConfiguredTo() {
        for (TrafficSource source : TrafficSource.ALL) {
            List<Long> costs = only(DAY, Click.class)
                    .filter(click -> click.source().equals(source.name()))
                    .map(Click::costMicros)
                    .sorted()
                    .toList();
            if (!source.isPaid()) {
                assertThat(costs).isEmpty();
            } else {
                double median = costs.get(costs.size() / 2);
                assertThat(median / source.medianClickCostMicros()).isBetween(0.9, 1.1);
            }
        }
    }

    @Test
    void anOrderMayHaveSeveralLinesSomeOfThemForProductsNeverSeen() {
        Map<String, List<Payment>> orders = only(DAY, Payment.class).collect(Collectors.groupingBy(Payment::orderId));
        assertThat(orders.values()).anySatisfy(lines -> assertThat(lines).hasSizeGreaterThan(1));
        assertThat(orders.values()).allSatisfy(lines -> {
            assertThat(lines)
                    .extracting(Payment::visitorId)
                    .containsOnly(lines.get(0).visitorId());
            assertThat(lines).allSatisfy(line -> assertThat(line.quantity()).isPositive());
            assertThat(lines).allSatisfy(line -> assertThat(line.amountMicros()).isPositive());
        });
        Set<String> seen = only(DAY, Visit.class)
                .map(visit -> visit.visitorId() + visit.productId())
                .collect(Collectors.toSet());
        List<Payment> payments = only(DAY, Payment.class).toList();
        assertThat(rate(payments, payment -> !seen.contains(payment.visitorId() + payment.productId())))
                .isBetween(0.05, 0.25);
    }

    @Test
    void visitorsReturnFromOtherSourcesAndDirectly() {
        Map<String, Set<String>> sources = new HashMap<>();
        only(DAY, Click.class)
                .forEach(click -> sources.computeIfAbsent(click.visitorId(), v -> new HashSet<>())
                        .add(click.source()));
        assertThat(sources.values()).anySatisfy(named -> assertThat(named).hasSizeGreaterThan(1));
        assertThat(rate(only(DAY, Visit.class).toList(), visit -> visit.source() == null && visit.clickId() == null))
                .isBetween(0.08, 0.3);
    }

    @Test
    void theNumberOfVisitorsGrowsWithTheNumberOfEvents() {
        long half = DAY.stream()
                .limit(DAY.size() / 2)
                .map(Event::visitorId)
                .distinct()
                .count();
        long all = DAY.stream().map(Event::visitorId).distinct().count();
        assertThat((double) all / half).isBetween(1.7, 2.1);
        assertThat((double) all / DAY.size()).isBetween(0.2, 0.5);
    }

    @Test
    void eveningIsBusierThanTheHoursBeforeDawnInTheShopsZone() {
        ZoneId zone = ZoneId.of("Asia/Shanghai");
        List<Event> events = until(SHOP.withRhythm(zone, 1), START_MS + DAY_MS);
        Map<Integer, Long> byHour = events.stream()
                .collect(Collectors.groupingBy(
                        event -> Instant.ofEpochMilli(event.timeMs())
                                .atZone(zone)
                                .getHour(),
                        Collectors.counting()));
        assertThat(byHour.get(21)).isGreaterThan(5 * byHour.get(4));
    }

    @Test
    void theIncidentLosesPaymentsForOneBestSellerWhileItLastsAndChangesNothingElse() {
        Incident incident = new Incident(START_MS + HOUR_MS, START_MS + 3 * HOUR_MS);
        String product = new ShopTraffic(STEADY).incidentProductId();
        List<Event> calm = until(STEADY, START_MS + 4 * HOUR_MS);
        List<Event> hit = until(STEADY.withIncident(incident), START_MS + 4 * HOUR_MS);

        Predicate<Event> affected = event ->
                event instanceof Payment && event.productId().equals(product) && incident.covers(event.timeMs());
        assertThat(hit.stream().filter(affected.negate()))
                .isEqualTo(calm.stream().filter(affected.negate()).toList());
        double before = calm.stream().filter(affected).count();
        double after = hit.stream().filter(affected).count();
        assertThat(before).isGreaterThan(100);
        assertThat(after / before).isBetween(0.01, 0.1);
    }

    /** Else its incident could not be told from chance within a minute. */
    @Test
    void theIncidentOfTheDemonstrationHitsAProductThatIsPaidAboutOnceASecond() {
        for (long seed = 1; seed <= 5; seed++) {
            ShopTraffic traffic =
                    new ShopTraffic(TrafficSettings.demonstration(seed, START_MS, 400, ZoneOffset.UTC, Incident.NONE));
            String product = traffic.incidentProductId();
            int payments = 0;
            for (Event event = traffic.next(); event.timeMs() < START_MS + 360_000; event = traffic.next()) {
                boolean settled = event.timeMs() >= START_MS + 60_000;
                payments +=
                        settled && event instanceof Payment && event.productId().equals(product) ? 1 : 0;
            }
            assertThat(payments / 300.0).as("seed %s", seed).isBetween(0.8, 4.0);
        }
    }

    @Test
    void delaysShrinkByTheirFactor() {
        assertThat(medianPaymentDelayMs(SHOP)).isBetween(5 * 60_000.0, 12 * 60_000.0);
        assertThat(medianPaymentDelayMs(SHOP.withDelayFactor(1 / 60.0))).isBetween(5_000.0, 60_000.0);
    }

    /** From the visitor's latest visit to each payment. */
    private static double medianPaymentDelayMs(TrafficSettings settings) {
        Map<String, Long> latestVisit = new HashMap<>();
        List<Long> delays = new ArrayList<>();
        for (Event event : until(settings, START_MS + DAY_MS / 2)) {
            if (event instanceof Visit) {
                latestVisit.put(event.visitorId(), event.timeMs());
            } else if (event instanceof Payment) {
                delays.add(event.timeMs() - latestVisit.get(event.visitorId()));
            }
        }
        return delays.stream().sorted().skip(delays.size() / 2).findFirst().orElseThrow();
    }

    @Test
    void runsThatStartAtDifferentTimesShareNoIds() {
        Set<String> ids = DAY.stream().limit(1_000).map(Event::id).collect(Collectors.toSet());
        List<Event> later = until(TrafficSettings.shop(SEED, START_MS + DAY_MS, 4), START_MS + DAY_MS + HOUR_MS);
        assertThat(later.stream().limit(1_000).map(Event::id)).doesNotContainAnyElementsOf(ids);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> TrafficSettings.shop(SEED, START_MS, 0)).hasMessageContaining("events per second");
        assertThatThrownBy(() -> SHOP.withRhythm(ZoneOffset.UTC, 1.5)).hasMessageContaining("rhythm strength");
    }

    private static <T> double rate(List<T> all, Predicate<T> matching) {
        return (double) all.stream().filter(matching).count() / all.size();
    }
}
