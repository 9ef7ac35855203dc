package io.weir.app.figures;

/**
 * Where a period lies now, in event time.
 *
 * @param startMs inclusive
 * @param endMs exclusive; of today the day's end, which is yet to come
 * @param isFinal the watermark has passed the end + grace
 */
public record Span(long startMs, long endMs, boolean isFinal) {}
