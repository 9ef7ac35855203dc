package io.weir.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * How far this JVM has come.
 *
 * @param wallMs milliseconds since 1970
 * @param cpuNs processor time of the whole process since its start, user and system, all threads
 * @param collections how many garbage collections there have been
 * @param collectionMs how long they took
 */
record Moment(long wallMs, long cpuNs, long collections, long collectionMs) {

    /** When this JVM was started. */
    static Moment ofStart() {
        return new Moment(ManagementFactory.getRuntimeMXBean().getStartTime(), 0, 0, 0);
    }

    static Moment now() {
        long collections = 0;
        long collectionMs = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += collector.getCollectionCount();
            collectionMs += collector.getCollectionTime();
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Moment(System.currentTimeMillis(), system.getProcessCpuTime(), collections, collectionMs);
    }
}
