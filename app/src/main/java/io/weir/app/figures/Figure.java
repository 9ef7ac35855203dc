package io.weir.app.figures;

import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;

/** The measures of one dimension key in one period. */
public record Figure(DimensionKey key, Measures measures) {}
