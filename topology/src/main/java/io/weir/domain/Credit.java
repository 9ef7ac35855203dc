package io.weir.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a payment is credited to, and why.
 *
 * <p>Considered are the touches within the attribution window that the journey keeps: of each product the latest touch
 * with a source other than {@code direct}; the last visit to the paid product and the last visit to any that nothing of
 * the former kind followed on the same product, and that so are {@code direct}. What came earlier on the same product
 * cannot win, and is not kept.
 *
 * @param source the credited source, as in the figures
 * @param campaignId the credited campaign, as in the figures; null when none
 * @param halo whether the payment counts as halo, as in the figures
 * @param rule which of the rules for payments decided, 1 to 4; 4: nothing was there to consider
 * @param considered latest first, at most {@value #MOST_CONSIDERED}, the chosen one always among them
 */
public record Credit(
        String paymentId,
        String orderId,
        String productId,
        long timeMs,
        long quantity,
        long amountMicros,
        String source,
        @Nullable String campaignId,
        boolean halo,
        int rule,
        List<ConsideredTouch> considered) {

    public static final int MOST_CONSIDERED = 20;

    public Credit {
        considered = List.copyOf(considered);
    }
}
