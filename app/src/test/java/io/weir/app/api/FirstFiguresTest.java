package io.weir.app.api;

import static io.weir.app.figures.FigureRows.measures;
import static io.weir.app.figures.FigureRows.visitors;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.figures.Figure;
import io.weir.app.figures.Ranking;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstFiguresTest {
    private static final Comparator<Figure> BUSIEST = Ranking.by("visitors", true, 1);

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "7, 1", "7, -1", "1000, -1"})
    void ofAnyNumberOfRowsNoMoreAreHeldThanAreAskedFor(int most, int step) {
        int rows = 200_000;
        FirstFigures first = new FirstFigures(BUSIEST, most);
        int held = 0;
        for (int i = 0; i < rows; i++) {
            int rank = step > 0 ? i + 1 : rows - i;
            first.add(new Figure(DimensionKey.product("p" + rank), measures(visitors(rank))));
            held = Math.max(held, first.size());
        }
        assertThat(held).isEqualTo(most);
        assertThat(first.keys()).isEqualTo(rows);
        assertThat(first.sorted())
                .extracting(figure -> figure.key().productId())
                .containsExactlyElementsOf(
                        IntStream.range(0, most).mapToObj(i -> "p" + (rows - i)).toList());
    }

    @RepeatedTest(50)
    void theyAreThoseThatSortingAllWouldGive(RepetitionInfo info) {
        long seed = info.getCurrentRepetition();
        Random random = new Random(seed);
        String by = Ranking.names().get(random.nextInt(Ranking.names().size()));
        Comparator<Figure> order = Ranking.by(by, random.nextBoolean(), 0.5);
        int most = random.nextInt(40);
        List<Figure> all = new ArrayList<>();
        FirstFigures first = new FirstFigures(order, most);
        for (int i = random.nextInt(300); i > 0; i--) {
            Map<Measure, Long> measures = Map.of(
                    Measure.VISITORS, (long) random.nextInt(4),
                    Measure.BUYERS, (long) random.nextInt(3),
                    Measure.REVENUE_MICROS, (long) random.nextInt(5));
            Figure figure = new Figure(DimensionKey.product("p" + i), measures(measures));
            first.add(figure);
            if (!figure.measures().isZero()) {
                all.add(figure);
            }
        }
        assertThat(first.keys()).as("seed %d", seed).isEqualTo(all.size());
        assertThat(first.sorted())
                .as("seed %d, by %s", seed, by)
                .isEqualTo(all.stream().sorted(order).limit(most).toList());
    }
}
