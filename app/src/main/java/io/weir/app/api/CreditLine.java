package io.weir.app.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.weir.domain.ConsideredTouch;
import io.weir.domain.Credit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one payment was credited to, and why. Times are ISO-8601 in UTC.
 *
 * @param considered the touches that the rules looked at, the latest first
 */
@JsonNaming(SnakeCaseStrategy.class)
public record CreditLine(
        String paymentId,
        String product,
        String time,
        long quantity,
        long amountMicros,
        Credited credit,
        List<Considered> considered) {

    /**
     * Where the credit went.
     *
     * @param halo the credited touch was on another product
     * @param rule which rule decided, 1 to 4
     * @param why the rule as a sentence
     */
    public record Credited(String source, @Nullable String campaign, boolean halo, int rule, String why) {}

    /**
     * One touch.
     *
     * @param kind {@code click} or {@code visit}
     * @param rule which rule looks at it
     * @param chosen the payment is credited to it
     */
    public record Considered(
            String kind,
            String product,
            String source,
            @Nullable String campaign,
            String time,
            int rule,
            boolean chosen) {}

    static CreditLine of(Credit credit) {
        return new CreditLine(
                credit.paymentId(),
                credit.productId(),
                Lines.time(credit.timeMs()),
                credit.quantity(),
                credit.amountMicros(),
                new Credited(credit.source(), credit.campaignId(), credit.halo(), credit.rule(), why(credit.rule())),
                credit.considered().stream().map(CreditLine::of).toList());
    }

    private static Considered of(ConsideredTouch touch) {
        return new Considered(
                touch.kind().singular(),
                touch.productId(),
                touch.source(),
                touch.campaignId(),
                Lines.time(touch.timeMs()),
                touch.rule(),
                touch.chosen());
    }

    private static String why(int rule) {
        return switch (rule) {
            case 1 -> "It is the last touch on the paid product that was not direct.";
            case 2 ->
                "No touch on the paid product was other than direct; it is the last such touch on another product.";
            case 3 -> "All touches were direct visits.";
            default -> "No touch is known within the attribution window.";
        };
    }
}
