package io.weir.bench;

import java.util.List;
import java.util.Optional;

/**
 * A whole race.
 *
 * @param date of its end, as 2026-01-31
 * @param inputBytes in the logs of the inputs
 * @param rehearsals how often each JVM had done the job before the measured time
 */
record RaceResult(
        String date,
        Machine machine,
        Workload workload,
        long inputBytes,
        int threads,
        String heap,
        int rehearsals,
        List<Standing> standings) {

    RaceResult {
        standings = List.copyOf(standings);
    }

    /** The engine that the others are compared with, if it took part and its results were right. */
    Optional<Standing> weir() {
        return standings.stream()
                .filter(standing -> standing.engine().equals(Race.WEIR) && standing.counts())
                .findFirst();
    }

    /** All figures are right, and there are some. */
    boolean isValid() {
        return standings.stream().allMatch(Standing::counts);
    }
}
