package io.weir.app.http;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP server shows. Called by several threads at the same time.
 *
 * @param board figures for the page and {@code /api/v1/board}
 * @param ready every partition that this instance owns is restored and running
 * @param metrics all metrics in Prometheus's text format, UTF-8
 * @param registry answers below {@code /registry}; null for none
 */
public record Site(
        BoardReport board,
        BooleanSupplier ready,
        Supplier<byte[]> metrics,
        @Nullable ApiMount registry) {}
