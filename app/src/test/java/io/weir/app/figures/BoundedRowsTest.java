package io.weir.app.figures;

import static io.weir.app.figures.FigureRows.MINUTE_MS;
import static io.weir.app.figures.FigureRows.TODAY_MS;
import static io.weir.app.figures.FigureRows.measures;
import static io.weir.app.figures.FigureRows.row;
import static io.weir.app.figures.FigureRows.today;
import static io.weir.app.figures.FigureRows.visitors;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.WindowSize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BoundedRowsTest {
    private static final Comparator<Figure> BUSIEST = Ranking.by("visitors", true, 1);
    private static final int MOST = 100;

    private final LiveFigures live = FigureRows.live(MOST);

    private Standing todays(Dimension dimension) {
        return live.standing(Period.TODAY, dimension, BUSIEST, Integer.MAX_VALUE);
    }

    @Test
    void ofManyKeysTheBusiestAreHeldAndAllAreCountedAndSummed() {
        live.watermarkAdvanced(0, TODAY_MS);
        List<Integer> shuffled =
                new ArrayList<>(IntStream.rangeClosed(1, 10_000).boxed().toList());
        Collections.shuffle(shuffled, new Random(7));
        shuffled.forEach(i -> live.rowChanged(0, today(DimensionKey.product("p" + i), visitors(i)), Measures.ZERO));
        Standing standing = todays(Dimension.PRODUCT);
        assertThat(standing.rows().size()).isBetween(MOST, 2 * MOST);
        assertThat(standing.rows().subList(0, MOST))
                .extracting(figure -> figure.key().productId())
                .containsExactlyElementsOf(IntStream.range(0, MOST)
                        .mapToObj(i -> "p" + (10_000 - i))
                        .toList());
        assertThat(standing.keys()).isEqualTo(10_000);
        assertThat(standing.sum().get(Measure.VISITS)).isEqualTo(10_000L * 10_001 / 2);
    }

    @Test
    void aDroppedKeyComesBackWhenItChangesAndTheSumStaysRight() {
        live.watermarkAdvanced(0, TODAY_MS);
        for (int i = 1; i <= 201; i++) {
            live.rowChanged(0, today(DimensionKey.product("p" + i), visitors(i)), Measures.ZERO);
        }
        DimensionKey first = DimensionKey.product("p1");
        assertThat(live.find(Period.TODAY, first)).isEmpty();
        long before = todays(Dimension.PRODUCT).sum().get(Measure.VISITS);
        live.rowChanged(0, today(first, visitors(500)), measures(visitors(1)));
        assertThat(live.find(Period.TODAY, first)).isPresent();
        assertThat(todays(Dimension.PRODUCT).sum().get(Measure.VISITS)).isEqualTo(before + 499);
        assertThat(todays(Dimension.PRODUCT).keys()).isEqualTo(201);
    }

    @Test
    void minutesShareTheirRoom() {
        live.watermarkAdvanced(0, TODAY_MS);
        for (int minute = 0; minute < 10; minute++) {
            for (int i = 1; i <= 1_000; i++) {
                DimensionKey key = DimensionKey.product("p" + i);
                live.rowChanged(
                        0, row(WindowSize.MINUTE, TODAY_MS + minute * MINUTE_MS, key, visitors(i)), Measures.ZERO);
            }
        }
        int held = 0;
        for (int minute = 1; minute <= 10; minute++) {
            live.watermarkAdvanced(0, TODAY_MS + minute * MINUTE_MS);
            Standing standing = live.standing(Period.LAST_MINUTE, Dimension.PRODUCT, BUSIEST, 5_000);
            assertThat(standing.keys()).isEqualTo(1_000);
            assertThat(standing.rows().get(0).key().productId()).isEqualTo("p1000");
            held += standing.rows().size();
        }
        assertThat(held).isLessThanOrEqualTo(2 * MOST);
    }

    @Test
    void aMinuteHasAsManyRowsAsCanBeAskedForHoweverManyMinutesAreHeld() {
        LiveFigures many = FigureRows.live();
        many.watermarkAdvanced(0, TODAY_MS);
        int keys = 1_500;
        for (int minute = 0; minute < TumblingFigures.MOST_WINDOWS; minute++) {
            for (int i = 1; i <= keys; i++) {
                DimensionKey key = DimensionKey.product("p" + i);
                many.rowChanged(
                        0, row(WindowSize.MINUTE, TODAY_MS + minute * MINUTE_MS, key, visitors(i)), Measures.ZERO);
            }
        }
        int held = 0;
        for (int minute = 1; minute <= TumblingFigures.MOST_WINDOWS; minute++) {
            many.watermarkAdvanced(0, TODAY_MS + minute * MINUTE_MS);
            Standing standing = many.standing(Period.LAST_MINUTE, Dimension.PRODUCT, BUSIEST, Integer.MAX_VALUE);
            assertThat(standing.rows()).as("minute %d", minute).hasSizeGreaterThanOrEqualTo(1_000);
            assertThat(standing.rows().get(999).key().productId()).isEqualTo("p" + (keys - 999));
            held += standing.rows().size();
        }
        assertThat(held).isLessThanOrEqualTo(TumblingFigures.MOST_WINDOWS * 1_000 + LiveFigures.MOST_ROWS);
    }

    @RepeatedTest(20)
    void whateverChangesSumsAndNumbersOfKeysAreThoseOfANaiveCount(RepetitionInfo info) {
        long seed = info.getCurrentRepetition();
        Random random = new Random(seed);
        Map<DimensionKey, Measures> all = new HashMap<>();
        live.watermarkAdvanced(0, TODAY_MS);
        live.watermarkAdvanced(1, TODAY_MS);
        for (int i = 0; i < 5_000; i++) {
            int product = (int) Math.abs(random.nextGaussian() * 300);
            DimensionKey key = DimensionKey.product("p" + product);
            long visits = random.nextInt(4) == 0 ? 0 : random.nextInt(1_000);
            Map<Measure, Long> now =
                    visits == 0 ? Map.of() : Map.of(Measure.VISITS, visits, Measure.VISITORS, 1 + visits / 2);
            Measures before = all.getOrDefault(key, Measures.ZERO);
            live.rowChanged(product % 2, today(key, now), before);
            all.put(key, measures(now));
        }
        Standing standing = todays(Dimension.PRODUCT);
        assertThat(standing.keys())
                .as("seed %d", seed)
                .isEqualTo(all.values().stream()
                        .filter(measures -> !measures.isZero())
                        .count());
        assertThat(standing.sum().get(Measure.VISITS))
                .as("seed %d", seed)
                .isEqualTo(all.values().stream()
                        .mapToLong(measures -> measures.get(Measure.VISITS))
                        .sum());
        assertThat(standing.rows())
                .as("seed %d", seed)
                .allSatisfy(figure -> assertThat(figure.measures()).isEqualTo(all.get(figure.key())));
    }
}
