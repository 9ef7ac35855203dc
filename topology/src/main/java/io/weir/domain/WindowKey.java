package io.weir.domain;

/** One dimension key in one window, which begins at {@code startMs} of event time, inclusive. */
public record WindowKey(WindowSize size, long startMs, DimensionKey key) {}
