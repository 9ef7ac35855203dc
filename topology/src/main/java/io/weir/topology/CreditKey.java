package io.weir.topology;

/** One payment of an order. */
record CreditKey(String orderId, String paymentId) {}
