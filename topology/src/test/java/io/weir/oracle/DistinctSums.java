package io.weir.oracle;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The measures of one row while {@link BruteForce} adds them up, with a list of all visitors and buyers. */
final class DistinctSums {
    long clicks;
    long costMicros;
    long landings;
    long visits;
    final Set<String> visitors = new HashSet<>();
    long payments;
    final Set<String> buyers = new HashSet<>();
    long units;
    long revenueMicros;
    long haloPayments;
    long haloRevenueMicros;

    List<Long> measures() {
        return List.of(
                clicks,
                costMicros,
                landings,
                visits,
                (long) visitors.size(),
                payments,
                (long) buyers.size(),
                units,
                revenueMicros,
                haloPayments,
                haloRevenueMicros);
    }
}
