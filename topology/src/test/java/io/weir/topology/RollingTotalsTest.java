package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.ComeBacks;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.RollingMeasures;
import io.weir.domain.RollingWindow;
import io.weir.domain.SeenBefore;
import io.weir.domain.Tally;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Rows of minutes come in any order, some after the windows have moved past them and past those who came back. */
class RollingTotalsTest {
    private static final long TEN = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();
    private static final long MINUTE_MS = 60_000;
    private static final int MINUTES = 200;
    private static final int VISITORS = 4;

    private final WriteBehindStore<WindowKey, TotalRow> minutes = new WriteBehindStore<>(
            Stores.inMemoryKeyValueStore(Names.TOTALS_STORE).get(), new Formats.TotalRows(), 5);
    private final WriteBehindStore<WindowKey, ComeBacks> comeBacks = new WriteBehindStore<>(
            Stores.inMemoryKeyValueStore(Names.COME_BACKS_STORE).get(), new Formats.ComeBackCounts(), 5);
    private final WriteBehindStore<DimensionKey, RollingMeasures> rolling = new WriteBehindStore<>(
            Stores.inMemoryKeyValueStore(Names.ROLLING_STORE).get(), new Formats.Rolling(), 5);
    private final RollingTotals totals =
            new RollingTotals(minutes, comeBacks, rolling, new NoListener(), 0, Long.MIN_VALUE);

    /** For each visitor the minutes in which he came. */
    private final List<NavigableSet<Integer>> visits = new ArrayList<>();

    private void visitAtRandom(Random random) {
        for (int visitor = 0; visitor < VISITORS; visitor++) {
            NavigableSet<Integer> came = new TreeSet<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                came.add(random.nextInt(MINUTES));
            }
            visits.add(came);
        }
    }

    private Map<Integer, Tally> rows() {
        Map<Integer, Tally> rows = new TreeMap<>();
        for (NavigableSet<Integer> came : visits) {
            for (int minute : came) {
                Integer last = came.lower(minute);
                Tally row = rows.computeIfAbsent(minute, first -> new Tally());
                row.add(Measure.VISITS, 1);
                row.add(Measure.VISITORS, 1);
                row.seenBefore().addVisitor(last == null ? 0 : minute - last, last == null, 1);
            }
        }
        return rows;
    }

    private void take(int minute, Tally tally) {
        WindowKey key = new WindowKey(WindowSize.MINUTE, TEN + minute * MINUTE_MS, DimensionKey.TOTAL);
        TotalRow row = new TotalRow();
        SeenBefore returned = new SeenBefore();
        row.replace(0, tally.toMeasures(), tally.seenBefore(), returned);
        minutes.put(key, row);
        totals.minuteChanged(key, row.sum(), returned);
    }

    private long visitorsShown(RollingWindow window) {
        RollingMeasures row = rolling.get(DimensionKey.TOTAL);
        return (row == null ? Measures.ZERO : row.of(window)).get(Measure.VISITORS);
    }

    private long visitorsIn(int fromMinute, int toMinute) {
        return visits.stream()
                .filter(came -> !came.subSet(fromMinute, toMinute).isEmpty())
                .count();
    }

    @RepeatedTest(200)
    void inWhateverOrderMinutesComeTheVisitorsOfEachWindowAreExact(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        visitAtRandom(random);
        List<Map.Entry<Integer, Tally>> arrivals = new ArrayList<>(rows().entrySet());
        Collections.shuffle(arrivals, random);
        int end = 0;
        for (Map.Entry<Integer, Tally> row : arrivals) {
            take(row.getKey(), row.getValue());
            end = Math.min(MINUTES, end + random.nextInt(2 * MINUTES / arrivals.size() + 2));
            totals.advance(TEN + end * MINUTE_MS);
        }
        for (; end <= MINUTES; end += 1 + random.nextInt(20)) {
            totals.advance(TEN + end * MINUTE_MS);
            for (RollingWindow window : RollingWindow.values()) {
                assertThat(visitorsShown(window))
                        .as("%s until minute %d", window, end)
                        .isEqualTo(visitorsIn(end - window.minutes(), end));
            }
        }
    }
}
