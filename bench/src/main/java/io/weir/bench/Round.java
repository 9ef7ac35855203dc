package io.weir.bench;

/**
 * What one round of one engine took.
 *
 * @param seconds from the first record read to the last result committed
 * @param secondsWithStart from the start of the JVM, or of the measured part of it
 * @param cpuMicros processor time of the engine's process for each event, from the first record to the last result
 * @param cpuMicrosWithStart the same from the start of the JVM
 * @param brokerCpuMicros processor time of the broker for each event, from the start of the JVM
 * @param peakBytes the most memory that the process had resident at a time; 0 where it is not known
 * @param collectionMs in garbage collections, from the first record to the last result
 * @param writtenBytes on the broker
 * @param scrapes how its metrics were read meanwhile
 */
record Round(
        double seconds,
        double secondsWithStart,
        double cpuMicros,
        double cpuMicrosWithStart,
        double brokerCpuMicros,
        long peakBytes,
        long collectionMs,
        long writtenBytes,
        Scrapes scrapes) {

    /** @param brokerCpuNs of the broker meanwhile */
    static Round of(EngineReport report, long events, long brokerCpuNs, long writtenBytes, Scrapes scrapes) {
        Moment first = report.firstRecord();
        Moment last = report.lastResult();
        Moment began = report.began();
        return new Round(
                Math.max(1, last.wallMs() - first.wallMs()) / 1e3,
                Math.max(1, last.wallMs() - began.wallMs()) / 1e3,
                (last.cpuNs() - first.cpuNs()) / 1e3 / events,
                (last.cpuNs() - began.cpuNs()) / 1e3 / events,
                brokerCpuNs / 1e3 / events,
                report.peakBytes(),
                last.collectionMs() - first.collectionMs(),
                writtenBytes,
                scrapes);
    }
}
