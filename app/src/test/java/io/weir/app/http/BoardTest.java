package io.weir.app.http;

import static io.weir.app.http.BoardRows.DAY_MS;
import static io.weir.app.http.BoardRows.TODAY_MS;
import static io.weir.app.http.BoardRows.row;
import static io.weir.app.http.BoardRows.today;
import static io.weir.app.http.BoardRows.visitors;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Ledger;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.WindowSize;
import io.weir.topology.WindowRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BoardTest {
    private final Board board = new Board();

    private List<WindowRow> todays(Dimension dimension) {
        return board.rows(WindowSize.DAY, TODAY_MS, dimension);
    }

    @Test
    void aNewRevisionReplacesTheRow() {
        board.rowChanged(0, today(DimensionKey.TOTAL, visitors(1)), Measures.ZERO);
        board.rowChanged(0, today(DimensionKey.TOTAL, visitors(2)), Measures.ZERO);
        assertThat(todays(Dimension.TOTAL)).containsExactly(today(DimensionKey.TOTAL, visitors(2)));
    }

    @Test
    void aRowThatWentBackToZeroDisappears() {
        board.rowChanged(0, today(DimensionKey.source("weibo"), visitors(1)), Measures.ZERO);
        board.rowChanged(0, today(DimensionKey.source("weibo"), Map.of()), Measures.ZERO);
        assertThat(todays(Dimension.SOURCE)).isEmpty();
    }

    @Test
    void rowsOfAllPartitionsComeTogetherMostVisitorsFirst() {
        board.rowChanged(0, today(DimensionKey.product("b"), visitors(5)), Measures.ZERO);
        board.rowChanged(1, today(DimensionKey.product("c"), visitors(9)), Measures.ZERO);
        board.rowChanged(2, today(DimensionKey.product("a"), visitors(5)), Measures.ZERO);
        assertThat(todays(Dimension.PRODUCT))
                .extracting(row -> row.key().productId())
                .containsExactly("c", "a", "b");
    }

    @Test
    void aRevokedPartitionTakesItsRowsAndItsWatermarkAway() {
        board.rowChanged(0, today(DimensionKey.source("weibo"), visitors(5)), Measures.ZERO);
        board.rowChanged(1, today(DimensionKey.source("search"), visitors(9)), Measures.ZERO);
        board.watermarkAdvanced(0, TODAY_MS + 10);
        board.watermarkAdvanced(1, TODAY_MS + 99);

        board.totalsRevoked(0);

        assertThat(todays(Dimension.SOURCE))
                .extracting(row -> row.key().source())
                .containsExactly("search");
        assertThat(board.watermarkMs()).hasValue(TODAY_MS + 99);
        assertThat(board.ownedTotals()).isEqualTo(1);
    }

    @Test
    void theWatermarkIsThatOfTheSlowestPartition() {
        assertThat(board.watermarkMs()).isEmpty();
        board.watermarkAdvanced(0, 500);
        board.watermarkAdvanced(1, 400);
        assertThat(board.watermarkMs()).hasValue(400);
    }

    @Test
    void inputsKeepTheirLatestLedgerUntilTheyAreRevoked() {
        board.inputProgressed(BoardRows.progress(3, new Ledger(), Long.MIN_VALUE), Map.of());
        assertThat(board.streamTimeMs()).isEmpty();
        board.inputProgressed(BoardRows.progress(3, new Ledger(), 70), Map.of());
        board.inputProgressed(BoardRows.progress(1, new Ledger(), 60), Map.of());
        assertThat(board.streamTimeMs()).hasValue(70);
        assertThat(board.inputs().keySet()).containsExactly(1, 3);
        board.inputRevoked(3);
        assertThat(board.streamTimeMs()).hasValue(60);
    }

    @Test
    void yearsOfWindowsInAnyOrderLeaveOnlyTheNewestTwoOfEachSize() {
        List<Long> starts = new ArrayList<>();
        for (int day = 0; day < 1_000; day++) {
            starts.add(TODAY_MS - day * DAY_MS);
        }
        long seed = 42;
        Collections.shuffle(starts, new Random(seed));
        for (long startMs : starts) {
            board.rowChanged(0, row(WindowSize.DAY, startMs, DimensionKey.TOTAL, visitors(1)), Measures.ZERO);
        }
        assertThat(starts.stream()
                        .filter(startMs -> !board.rows(WindowSize.DAY, startMs, Dimension.TOTAL)
                                .isEmpty()))
                .containsExactlyInAnyOrder(TODAY_MS, TODAY_MS - DAY_MS);
    }

    @Test
    void aWindowHoldsABoundedNumberOfKeys() {
        for (int i = 0; i < NewestWindows.MOST_ROWS + 10; i++) {
            board.rowChanged(0, today(DimensionKey.product("p" + i), visitors(1)), Measures.ZERO);
        }
        assertThat(todays(Dimension.PRODUCT)).hasSize(NewestWindows.MOST_ROWS);
        board.rowChanged(0, today(DimensionKey.product("p0"), visitors(7)), Measures.ZERO);
        assertThat(todays(Dimension.PRODUCT).get(0).measures().get(Measure.VISITORS))
                .isEqualTo(7);
    }

    @Test
    void theCurrentWindowIsTheNewestThatTheWatermarkHasReached() {
        board.rowChanged(0, today(DimensionKey.TOTAL, visitors(1)), Measures.ZERO);
        assertThat(board.currentStartMs(WindowSize.DAY)).hasValue(TODAY_MS);
        board.watermarkAdvanced(0, TODAY_MS + DAY_MS - 1);
        board.rowChanged(0, row(WindowSize.DAY, TODAY_MS + DAY_MS, DimensionKey.TOTAL, visitors(1)), Measures.ZERO);
        assertThat(board.currentStartMs(WindowSize.DAY)).hasValue(TODAY_MS);
        board.watermarkAdvanced(0, TODAY_MS + DAY_MS);
        assertThat(board.currentStartMs(WindowSize.DAY)).hasValue(TODAY_MS + DAY_MS);
        assertThat(board.currentStartMs(WindowSize.HOUR)).isEmpty();
    }

    @Test
    void withAWatermarkBeforeAllItsWindowsTheNewestIsCurrent() {
        board.watermarkAdvanced(0, TODAY_MS - 5 * DAY_MS);
        board.rowChanged(0, today(DimensionKey.TOTAL, visitors(1)), Measures.ZERO);
        assertThat(board.currentStartMs(WindowSize.DAY)).hasValue(TODAY_MS);
    }

    @Test
    void partitionsMayBeWrittenAndReadAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> writers = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            int own = partition;
            writers.add(threads.submit(() -> {
                for (int i = 0; i < 20_000; i++) {
                    board.rowChanged(
                            own, today(DimensionKey.product(own + "-" + i % 500), visitors(i + 1)), Measures.ZERO);
                }
            }));
        }
        writers.add(threads.submit(() -> {
            for (int i = 0; i < 200; i++) {
                todays(Dimension.PRODUCT);
            }
        }));
        for (Future<?> writer : writers) {
            writer.get();
        }
        threads.shutdown();
        assertThat(todays(Dimension.PRODUCT)).hasSize(1_500);
    }
}
