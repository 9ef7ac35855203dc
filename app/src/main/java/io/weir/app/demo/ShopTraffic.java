package io.weir.app.demo;

import io.weir.domain.Click;
import io.weir.domain.Event;
import io.weir.domain.Visit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * An endless stream of a shop's events in event-time order, the same for the same settings. Not thread-safe.
 *
 * <p>Sessions arrive at random at the rate that the time of day gives. A session comes from one source: a paid one
 * begins with a click, which mostly lands some seconds later. Visits to other products follow, then perhaps one order
 * of one or more lines minutes to hours later, some of them for products never looked at. Who did not buy may come back
 * directly. Events of sessions in flight wait in a queue, so memory grows with the event rate and the delays, not with
 * the number of events: O(log n) time for each event with n waiting.
 */
public final class ShopTraffic implements Iterator<Event> {
    private static final long MINUTE_MS = 60_000;
    private static final double HOUR_MS = 60.0 * MINUTE_MS;

    private static final double COMES_FROM_EARLIER_VISITORS = 0.25;
    private static final double LANDING_CARRIES_CLICK = 0.92;
    private static final double BROWSES_ON = 0.45;
    private static final double ADDS_UNSEEN_PRODUCT = 0.15;
    private static final double COMES_BACK = 0.12;
    private static final double COMEBACK_CONVERSION_FACTOR = 2;

    private record Comeback(long timeMs, String visitorId, TrafficSource source, Catalogue.Product product) {}

    private final TrafficSettings settings;
    private final SeededRandom random;
    private final Catalogue catalogue;
    private final Catalogue.Product incidentProduct;
    private final DailyRhythm rhythm;
    private final WeightedChoice sources;
    private final Cashier cashier;
    private final String run;
    private final PriorityQueue<Event> pending = new PriorityQueue<>(Event.TOTAL_ORDER);
    private final PriorityQueue<Comeback> comebacks =
            new PriorityQueue<>(Comparator.comparingLong(Comeback::timeMs).thenComparing(Comeback::visitorId));
    private final double meanEventsPerSession;

    private double nextSessionMs;
    private double meanGapMs;
    private long meanGapUntilMs = Long.MIN_VALUE;
    private final long[] recentVisitors;
    private long visitors = 0;
    private long clicks = 0;
    private long visits = 0;

    public ShopTraffic(TrafficSettings settings) {
        this.settings = settings;
        this.random = new SeededRandom(settings.seed());
        this.catalogue =
                new Catalogue(settings.products(), settings.zipfExponent(), settings.conversionFactor(), random);
        this.incidentProduct = catalogue.drawBestSeller(random);
        this.rhythm = new DailyRhythm(settings.zone(), settings.rhythmStrength());
        this.sources = new WeightedChoice(
                TrafficSource.ALL.stream().mapToDouble(TrafficSource::share).toArray());
        this.run = Long.toString(settings.startMs() / 1000, 36);
        this.cashier = new Cashier(settings, random, incidentProduct.id(), run, pending::add);
        this.recentVisitors = new long[settings.returningVisitors()];
        this.meanEventsPerSession = meanEventsPerSession();
        this.nextSessionMs = settings.startMs();
        scheduleNextSession();
    }

    /** The product that the incident hits; also known, and harmless, when the settings plant none. */
    public String incidentProductId() {
        return incidentProduct.id();
    }

    /** All product ids, the most popular first. */
    public List<String> productIds() {
        return catalogue.products().stream().map(Catalogue.Product::id).toList();
    }

    /** Always true. */
    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Event next() {
        while (true) {
            long sessionMs = (long) nextSessionMs;
            Comeback comeback = comebacks.peek();
            long comebackMs = comeback == null ? Long.MAX_VALUE : comeback.timeMs();
            Event event = pending.peek();
            if (event != null && event.timeMs() <= Math.min(sessionMs, comebackMs)) {
                return pending.remove();
            }
            if (comebackMs <= sessionMs) {
                comeBack(comebacks.remove());
            } else {
                startSession(sessionMs);
                scheduleNextSession();
            }
        }
    }

    private void scheduleNextSession() {
        if (nextSessionMs >= meanGapUntilMs) {
            double sessionsPerSecond =
                    settings.eventsPerSecond() * rhythm.at((long) nextSessionMs) / meanEventsPerSession;
            meanGapMs = 1000 / sessionsPerSecond;
            meanGapUntilMs = (long) nextSessionMs + MINUTE_MS;
        }
        nextSessionMs += random.exponential(meanGapMs);
    }

    private void startSession(long timeMs) {
        TrafficSource source = TrafficSource.ALL.get(sources.draw(random));
        Catalogue.Product product = catalogue.draw(random);
        String visitorId = visitor();
        if (!source.isPaid()) {
            visit(timeMs, visitorId, product, source, source.campaignOf(product.rank()));
            browse(timeMs, visitorId, product, source);
            return;
        }
        Click click = click(timeMs, visitorId, product, source);
        pending.add(click);
        if (random.chance(source.landingRate())) {
            long landingMs = timeMs + 800 + (long) Math.min(random.exponential(2_500), 60_000);
            boolean carriesClick = random.chance(LANDING_CARRIES_CLICK);
            pending.add(new Visit(
                    visitId(), visitorId, product.id(), null, null, carriesClick ? click.id() : null, landingMs));
            browse(landingMs, visitorId, product, source);
        }
    }

    /** The rest of a session whose first visit is made: more products, then an order or a later return. */
    private void browse(long landingMs, String visitorId, Catalogue.Product landing, TrafficSource source) {
        List<Catalogue.Product> basket = new ArrayList<>(2);
        putInBasket(basket, landing, source.conversionFactor());
        String campaignId = source.campaignOf(landing.rank());
        long timeMs = landingMs;
        while (random.chance(BROWSES_ON)) {
            timeMs += 4_000 + (long) Math.min(random.exponential(35_000), 10 * MINUTE_MS);
            Catalogue.Product product = catalogue.draw(random);
            visit(timeMs, visitorId, product, source, campaignId);
            putInBasket(basket, product, source.conversionFactor());
        }
        if (!basket.isEmpty()) {
            order(timeMs, visitorId, basket, source);
        } else if (random.chance(COMES_BACK)) {
            double delayMs =
                    (HOUR_MS / 2 + Math.min(random.exponential(10 * HOUR_MS), 72 * HOUR_MS)) * settings.delayFactor();
            comebacks.add(new Comeback(timeMs + 2_000 + (long) delayMs, visitorId, source, landing));
        }
    }

    private void comeBack(Comeback comeback) {
        Catalogue.Product product = comeback.product();
        pending.add(new Visit(visitId(), comeback.visitorId(), product.id(), null, null, null, comeback.timeMs()));
        List<Catalogue.Product> basket = new ArrayList<>(2);
        putInBasket(basket, product, comeback.source().conversionFactor() * COMEBACK_CONVERSION_FACTOR);
        if (!basket.isEmpty()) {
            order(comeback.timeMs(), comeback.visitorId(), basket, comeback.source());
        }
    }

    private void putInBasket(List<Catalogue.Product> basket, Catalogue.Product product, double conversionFactor) {
        if (random.chance(product.conversion() * conversionFactor)) {
            basket.add(product);
        }
    }

    private void order(long timeMs, String visitorId, List<Catalogue.Product> basket, TrafficSource source) {
        if (random.chance(ADDS_UNSEEN_PRODUCT)) {
            basket.add(catalogue.draw(random));
        }
        cashier.order(timeMs, visitorId, basket, source.orderValueFactor());
    }

    private Click click(long timeMs, String visitorId, Catalogue.Product product, TrafficSource source) {
        long cents = Math.max(1, Math.round(random.logNormal((double) source.medianClickCostMicros(), 0.5) / 10_000));
        return new Click(
                "c-" + run + "-" + ++clicks,
                visitorId,
                product.id(),
                source.label(),
                source.campaignOf(product.rank()),
                cents * 10_000,
                timeMs);
    }

    private void visit(
            long timeMs,
            String visitorId,
            Catalogue.Product product,
            TrafficSource source,
            @Nullable String campaignId) {
        pending.add(new Visit(visitId(), visitorId, product.id(), source.name(), campaignId, null, timeMs));
    }

    private String visitId() {
        return "i-" + run + "-" + ++visits;
    }

    private String visitor() {
        if (visitors > 0 && random.chance(COMES_FROM_EARLIER_VISITORS)) {
            int remembered = (int) Math.min(visitors, recentVisitors.length);
            return "v-" + run + "-" + recentVisitors[random.below(remembered)];
        }
        visitors++;
        recentVisitors[(int) ((visitors - 1) % recentVisitors.length)] = visitors;
        return "v-" + run + "-" + visitors;
    }

    /** What turns events a second into sessions a second: the expectation over sources, products and chances. */
    private double meanEventsPerSession() {
        double visitsOfSession = 1 / (1 - BROWSES_ON);
        double conversion = catalogue.meanConversion();
        double shares = 0;
        double events = 0;
        for (TrafficSource source : TrafficSource.ALL) {
            double perVisit = conversion * source.conversionFactor();
            double session = visitsOfSession * (1 + perVisit * (1 + ADDS_UNSEEN_PRODUCT));
            double comeback = 1 + perVisit * COMEBACK_CONVERSION_FACTOR * (1 + ADDS_UNSEEN_PRODUCT);
            double returns = COMES_BACK * (1 - visitsOfSession * perVisit) * comeback;
            events += source.share() * ((source.isPaid() ? 1 : 0) + source.landingRate() * (session + returns));
            shares += source.share();
        }
        return events / shares;
    }
}
