package io.weir.app.demo;

import io.weir.domain.Event;
import io.weir.domain.Payment;
import java.util.List;
import java.util.function.Consumer;

/**
 * Turns baskets into payments: minutes to hours later, one payment for each line, all of them under one order id.
 *
 * <p>During the incident it loses payments for one product. It draws the same random numbers whether it does or not, so
 * traffic with and without the incident differs in exactly those payments. Not thread-safe.
 */
final class Cashier {
    private static final double MEDIAN_DELAY_MS = 6 * 60_000;
    private static final double GREATEST_DELAY_MS = 8 * 3_600_000;
    private static final long FEN_MICROS = 10_000;

    private final TrafficSettings settings;
    private final SeededRandom random;
    private final String incidentProductId;
    private final String run;
    private final Consumer<Event> paid;
    private long orders = 0;
    private long payments = 0;

    /** @param run a text in every id, so that two runs over different times never share one */
    Cashier(TrafficSettings settings, SeededRandom random, String incidentProductId, String run, Consumer<Event> paid) {
        this.settings = settings;
        this.random = random;
        this.incidentProductId = incidentProductId;
        this.run = run;
        this.paid = paid;
    }

    /** @param timeMs when the basket was full */
    void order(long timeMs, String visitorId, List<Catalogue.Product> basket, double orderValueFactor) {
        double delayMs = Math.min(random.logNormal(MEDIAN_DELAY_MS, 1.2), GREATEST_DELAY_MS) * settings.delayFactor();
        long paidMs = timeMs + 1_500 + (long) delayMs;
        String orderId = "o-" + run + "-" + ++orders;
        for (Catalogue.Product product : basket) {
            Payment payment = payment(orderId, visitorId, product, orderValueFactor, paidMs);
            boolean survives = random.chance(Incident.SURVIVING_SHARE);
            if (survives || !isLost(payment)) {
                paid.accept(payment);
            }
        }
    }

    private boolean isLost(Payment payment) {
        return settings.incident().covers(payment.timeMs())
                && payment.productId().equals(incidentProductId);
    }

    private Payment payment(
            String orderId, String visitorId, Catalogue.Product product, double orderValueFactor, long paidMs) {
        long quantity = random.chance(0.82) ? 1 : 2 + (long) Math.min(random.exponential(0.6), 6);
        double coupon = random.chance(0.3) ? 0.9 : 1;
        double fen = (double) product.priceMicros() / FEN_MICROS * quantity * orderValueFactor * coupon;
        return new Payment(
                "p-" + run + "-" + ++payments,
                orderId,
                visitorId,
                product.id(),
                quantity,
                Math.round(fen) * FEN_MICROS,
                paidMs);
    }
}
