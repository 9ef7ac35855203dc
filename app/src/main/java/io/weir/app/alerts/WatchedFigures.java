package io.weir.app.alerts;

import io.weir.app.figures.Figure;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Ledger;
import io.weir.domain.Measures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the watch looks at: the figures of the keys and the input partitions that this instance owns. Thread-safe. */
public interface WatchedFigures {

    /** Up to which event time all of them are complete, milliseconds; empty while that is not known. */
    OptionalLong watermarkMs();

    /** The totals partitions whose keys this instance owns. */
    Set<Integer> ownedTotals();

    /** The first instant of the calendar day that holds the watermark; empty while nothing is known of that day. */
    OptionalLong dayStartMs();

    /** The keys of this dimension with most visits in that day so far, at most {@code limit}; payments break ties. */
    List<Figure> today(Dimension dimension, int limit);

    /** What these keys have in that day so far; those without a figure, or of which it is not known, are left out. */
    List<Figure> today(Dimension dimension, Set<DimensionKey> keys);

    /**
     * What the key had between an hour and five minutes before the last whole minute, as far as it is known from before
     * this instance began to look; visitors and buyers are meaningless. Empty if it is not known for the whole stretch.
     */
    Optional<Measures> hourBefore(DimensionKey key);

    /** What became of the records of each input partition that this instance reads, since the first start. */
    Map<Integer, Ledger> ledgers();
}
