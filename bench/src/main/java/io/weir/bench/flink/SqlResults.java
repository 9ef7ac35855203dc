package io.weir.bench.flink;

import io.weir.bench.core.JobText;
import io.weir.bench.core.ResultRows;
import io.weir.bench.core.WindowSums;
import io.weir.domain.DimensionKey;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** The query's rows as Weir writes them: final ones, since the query tells none before. */
final class SqlResults extends RichFlatMapFunction<Row, Tuple2<byte[], byte[]>> {
    private static final long serialVersionUID = 1;

    /** What the query calls the campaign of what has none. */
    private static final String NO_CAMPAIGN = "";

    private static final int SIZE = 0;
    private static final int START = 1;
    private static final int PRODUCT = 2;
    private static final int SOURCE = 3;
    private static final int CAMPAIGN = 4;
    private static final int FIRST_MEASURE = 5;

    private final JobText job;
    private transient ResultRows rows;

    @SuppressWarnings("NullAway.Init")
    SqlResults(JobText job) {
        this.job = job;
    }

    @Override
    public void open(OpenContext context) {
        rows = new ResultRows(job.job());
    }

    @Override
    public void flatMap(Row row, Collector<Tuple2<byte[], byte[]>> out) {
        if (NO_CAMPAIGN.equals(row.getField(CAMPAIGN))) {
            return;
        }
        WindowKey window = new WindowKey(
                WindowSize.of((String) row.getField(SIZE)),
                ((LocalDateTime) row.getField(START)).toInstant(ZoneOffset.UTC).toEpochMilli(),
                key((String) row.getField(PRODUCT), (String) row.getField(SOURCE), (String) row.getField(CAMPAIGN)));
        long[] sums = new long[WindowSums.MEASURES];
        for (int measure = 0; measure < sums.length; measure++) {
            // The sum of nothing is null.
            sums[measure] = row.getField(FIRST_MEASURE + measure) instanceof Long sum ? sum : 0;
        }
        out.collect(Tuple2.of(rows.key(window), rows.value(window, sums, 0, true, Long.MIN_VALUE)));
    }

    /** The columns that the query did not group by are null. */
    private static DimensionKey key(@Nullable String productId, @Nullable String source, @Nullable String campaignId) {
        if (source == null) {
            return productId == null ? DimensionKey.TOTAL : DimensionKey.product(productId);
        }
        if (campaignId != null) {
            return DimensionKey.campaign(source, campaignId);
        }
        return productId == null ? DimensionKey.source(source) : DimensionKey.productSource(productId, source);
    }
}
