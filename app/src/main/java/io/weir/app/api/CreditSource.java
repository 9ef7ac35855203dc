package io.weir.app.api;

import io.weir.domain.Credit;
import java.util.List;

/** What the payments of an order, as far as this instance owns them, were credited to. Thread-safe. */
@FunctionalInterface
public interface CreditSource {
    /** One for each payment; empty if none is known. Throws while partitions are moved or restored. */
    List<Credit> find(String orderId);
}
