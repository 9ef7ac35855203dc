package io.weir.app.figures;

import static io.weir.app.figures.FigureRows.measures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static Figure source(String name, long visitors, long buyers) {
        return new Figure(
                DimensionKey.source(name), measures(Map.of(Measure.VISITORS, visitors, Measure.BUYERS, buyers)));
    }

    private static List<String> ranked(String by, boolean descending, Figure... figures) {
        return Stream.of(figures)
                .sorted(Ranking.by(by, descending, 1))
                .map(figure -> figure.key().source())
                .toList();
    }

    @Test
    void anyMeasureAndAnyRatioCanBeRankedByEitherWay() {
        for (String name : Ranking.names()) {
            assertThat(ranked(name, true, source("b", 2, 1), source("a", 2, 1))).containsExactly("a", "b");
            assertThat(ranked(name, false, source("b", 2, 1), source("a", 2, 1)))
                    .containsExactly("a", "b");
        }
        assertThat(Ranking.names()).hasSize(Measure.values().length + 8).contains("visitors", "roas", "roi");
        assertThat(ranked("buyers", true, source("few", 9, 1), source("many", 9, 3)))
                .containsExactly("many", "few");
        assertThat(ranked("buyers", false, source("few", 9, 1), source("many", 9, 3)))
                .containsExactly("few", "many");
    }

    @Test
    void undefinedRatiosComeLastEitherWay() {
        Figure undefined = source("none", 0, 1);
        Figure low = source("low", 10, 1);
        Figure high = source("high", 10, 5);
        assertThat(ranked("conversion_rate", true, undefined, low, high)).containsExactly("high", "low", "none");
        assertThat(ranked("conversion_rate", false, undefined, low, high)).containsExactly("low", "high", "none");
    }

    @Test
    void whatIsNeitherIsRefused() {
        assertThatThrownBy(() -> Ranking.by("clickrate", true, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clickrate");
    }
}
