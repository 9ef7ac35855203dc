package io.weir.bench.streams;

import io.weir.domain.Payment;
import org.jspecify.annotations.Nullable;

/** A payment with the source that it is credited to. */
record CreditedPayment(
        Payment payment, String source, @Nullable String campaignId, boolean isHalo) {}
