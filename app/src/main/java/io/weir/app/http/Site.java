package io.weir.app.http;

import io.weir.app.api.Api;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP server shows. Called by several threads at the same time.
 *
 * @param api what is asked below {@code /api/v1}
 * @param ready every partition that this instance owns is restored and running
 * @param metrics all metrics in Prometheus's text format, UTF-8
 * @param registry answers below {@code /registry}; null for none
 */
public record Site(
        Api api,
        BooleanSupplier ready,
        Supplier<byte[]> metrics,
        @Nullable ApiMount registry) {}
