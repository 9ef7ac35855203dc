package io.weir.topology;

import io.weir.domain.WindowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which results of one totals partition are still to be sent. The rows themselves say so in the store; this finds them.
 *
 * <p>While hours are read within seconds, a partition that is ahead has closed windows that will be final in a moment.
 * Their results wait until they are, or for one of the rarer moments when all is sent.
 */
final class DueResults {
    /** Half-way between two of these moments, partitions that are far behind publish. */
    private static final long MOST_WAIT_MS = JourneysProcessor.CATCH_UP_INTERVAL_MS;

    private List<WindowKey> changed = new ArrayList<>();
    private List<WindowKey> aboutToBeFinal = new ArrayList<>();

    /** By input partition: what the rows hold already and the results that were sent do not. */
    private final Map<Integer, PartitionProgress> uncovered = new TreeMap<>();

    private long sentAllMs;

    /** @param nowMs wall-clock time */
    DueResults(long nowMs) {
        sentAllMs = nowMs;
    }

    /** A row has changed, for the first time since its result was sent. */
    void add(WindowKey key) {
        changed.add(key);
    }

    /** Hands over the rows whose results are to be sent now, and some whose results were sent since. */
    void take(long nowMs, Predicate<WindowKey> isAboutToBeFinal, Consumer<WindowKey> send) {
        List<WindowKey> taken = changed;
        changed = new ArrayList<>();
        for (WindowKey key : taken) {
            if (isAboutToBeFinal.test(key)) {
                aboutToBeFinal.add(key);
            } else {
                send.accept(key);
            }
        }
        if (waitOf(nowMs) > waitOf(sentAllMs)) {
            sentAllMs = nowMs;
            taken = aboutToBeFinal;
            aboutToBeFinal = new ArrayList<>();
            taken.forEach(send);
        }
    }

    private static long waitOf(long nowMs) {
        return (nowMs + MOST_WAIT_MS / 2) / MOST_WAIT_MS;
    }

    /** The results of these rows have been sent, since their windows are final. */
    void forget(Predicate<WindowKey> isFinal) {
        aboutToBeFinal.removeIf(isFinal);
    }

    /** All rows hold what was read up to here. */
    void reached(PartitionProgress progress) {
        uncovered.put(progress.partition(), progress);
    }

    /** What the results that were sent hold by now and did not when last asked. */
    Collection<PartitionProgress> takeCovered() {
        if (!changed.isEmpty() || !aboutToBeFinal.isEmpty()) {
            return List.of();
        }
        Collection<PartitionProgress> covered = List.copyOf(uncovered.values());
        uncovered.clear();
        return covered;
    }
}
