package io.weir.app.metrics;

import static io.weir.app.figures.FigureRows.measures;
import static io.weir.app.figures.FigureRows.visitors;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.figures.FigureRows;
import io.weir.app.figures.Period;
import io.weir.domain.DimensionKey;
import io.weir.domain.Ledger;
import io.weir.domain.SourceFacts;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFormatTest {
    private static final String[] NASTY = {
        "plain",
        "a\"b",
        "a\\b",
        "a\nb",
        "a\r\nb",
        "\u0000",
        "\uD83D",
        "{}",
        "x=\"y\",z",
        "# HELP",
        "淘宝",
        "😀",
        "",
        LabelValue.OTHER,
        "y".repeat(5_000),
        " ",
        "\u2028"
    };

    @TempDir
    private Path folder;

    @Test
    void prometheusReadsEveryName() throws Exception {
        try (Shop shop = new Shop(100)) {
            shop.set(0, Period.DAY, DimensionKey.TOTAL, measures(visitors(9)));
            for (String name : NASTY) {
                shop.set(0, Period.DAY, DimensionKey.product(name), measures(visitors(3)));
                shop.set(0, Period.DAY, DimensionKey.source(name), measures(visitors(3)));
                shop.set(0, Period.DAY, DimensionKey.productSource(name, name), measures(visitors(3)));
                shop.set(0, Period.DAY, DimensionKey.campaign(name, name), measures(visitors(3)));
                shop.commit(FigureRows.progress(0, new Ledger(), 1), Map.of(name, new SourceFacts(1, 1, 1, 1, 1, 1)));
            }
            shop.tellAll(0);
            byte[] body = shop.metrics.scrape();
            assertThat(shop.scrape().samples("weir_product_visitors").stream()
                            .filter(sample -> sample.label("window").equals("24h")))
                    .hasSize(NASTY.length - 1);

            Promtool.Answer answer = Promtool.run(folder, body, "check", "metrics");

            assertThat(answer.text().lines().filter(line -> line.contains("weir_")))
                    .isEmpty();
            assertThat(answer.text()).doesNotContain("error while linting");
        }
    }
}
