package io.weir.bench;

import io.weir.domain.Dimension;
import io.weir.domain.Measure;
import java.util.EnumSet;
import java.util.Set;

/**
 * What of an engine's results is compared with the batch oracle's.
 *
 * @param measures the measures that must be equal; none for an engine that computes nothing
 * @param dimensions the dimensions whose rows must be there
 * @param difference what is not the same, in one sentence for the reports; blank if nothing is
 */
public record Claim(Set<Measure> measures, Set<Dimension> dimensions, String difference) {
    /** Every row and every measure. */
    public static final Claim EVERYTHING = new Claim(EnumSet.allOf(Measure.class), EnumSet.allOf(Dimension.class), "");

    public Claim {
        measures = Set.copyOf(measures);
        dimensions = Set.copyOf(dimensions);
    }

    /** For an engine that only reads. */
    public static Claim nothing(String difference) {
        return new Claim(Set.of(), Set.of(), difference);
    }
}
