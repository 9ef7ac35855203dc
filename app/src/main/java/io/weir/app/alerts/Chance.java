package io.weir.app.alerts;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * How probable it is that a count is as low, or as high, as it is by accident alone.
 *
 * <p>Two counts of independent events with rates that are equal per exposure (time, visits, clicks) are compared by the
 * exact conditional test: given their sum n, the first is binomial with n trials and its share q of the exposure,
 * whatever the rate is. So the uncertainty of the past that a count is compared with is part of the answer; a Poisson
 * tail with the past's rate taken as known would claim too much. The binomial tail is a regularized incomplete beta
 * function, P(X ≤ k) = I<sub>1−q</sub>(n − k, k + 1), which also takes counts that were divided by a dispersion.
 *
 * <ol>
 *   <li>J. Przyborowski, H. Wilenski: Homogeneity of results in testing samples from Poisson series. Biometrika 31,
 *       1940.
 *   <li>K. Krishnamoorthy, J. Thomson: A more powerful test for comparing two Poisson means. Journal of Statistical
 *       Planning and Inference 119, 2004, for the size of this test, which never exceeds the nominal one.
 * </ol>
 */
final class Chance {
    private Chance() {}

    /**
     * The chance of {@code count} or fewer in {@code exposure}, given {@code pastCount} in {@code pastExposure}; 1 if
     * there is nothing to compare with.
     */
    static double ofSoFew(double count, double exposure, double pastCount, double pastExposure) {
        if (pastCount <= 0 || pastExposure <= 0 || exposure <= 0) {
            return 1;
        }
        return RegularizedBeta.value(pastExposure / (exposure + pastExposure), pastCount, Math.max(0, count) + 1);
    }

    /**
     * The chance of {@code count} or more of {@code trials}, each of which counts with the probability {@code share}.
     */
    static double ofSoMany(long count, long trials, double share) {
        if (count <= 0 || share >= 1) {
            return 1;
        }
        return RegularizedBeta.value(share, count, trials - count + 1.0);
    }
}
