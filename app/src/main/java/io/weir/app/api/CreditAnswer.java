package io.weir.app.api;

import java.util.List;

/** What each payment of an order was credited to, and why; by event time. */
public record CreditAnswer(String order, List<CreditLine> lines) {}
