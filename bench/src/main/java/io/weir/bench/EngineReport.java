package io.weir.bench;

/**
 * What an engine's process says of the round that is measured.
 *
 * @param began when the JVM was started, or after rehearsals, when the last of them had ended
 * @param firstRecord when the first record had been read
 * @param lastResult when the last result was committed
 * @param peakBytes the most memory that the process had resident at a time; 0 where the system does not say
 */
record EngineReport(Moment began, Moment firstRecord, Moment lastResult, long peakBytes) {}
