package io.weir.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.WindowSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event files and case settings. */
class EventFileTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadAgain() {
        Path file = folder.resolve("events.csv");
        for (long seed = 0; seed < 50; seed++) {
            RandomCase random = RandomCases.ofSeed(seed);
            EventFile.write(file, random.events());
            assertThat(EventFile.read(file)).as("%s", random).isEqualTo(withoutEmptyTexts(random.events()));
        }
    }

    @Test
    void columnsMayComeInAnyOrderAndUnknownOnesAreIgnored() throws IOException {
        Path file = Files.writeString(folder.resolve("events.csv"), """
                note,event_time,id,type,visitor_id,product_id,source
                "a, b",2026-01-05T18:00:00.001+08:00,v1,visit,ann,"two
                lines",
                ,1767607200002,v2,visit,ann,mug,"  "
                """);
        assertThat(EventFile.read(file))
                .containsExactly(
                        EventRow.visit("v1", "ann", "two\nlines", null, null, null, 1767607200001L),
                        EventRow.visit("v2", "ann", "mug", "  ", null, null, 1767607200002L));
    }

    @Test
    void settingsThatAreNotNamedHaveTheirDefaults() throws IOException {
        Path file = Files.writeString(folder.resolve("case.properties"), """
                # What it shows.
                windows=1h, 1d
                landing.window=PT5M
                """);
        assertThat(StoredCase.settings(file))
                .isEqualTo(OracleSettings.DEFAULT
                        .withWindows(WindowSize.HOUR, WindowSize.DAY)
                        .withLandingWindow(Duration.ofMinutes(5)));
    }

    private static List<EventRow> withoutEmptyTexts(List<EventRow> rows) {
        return rows.stream().map(EventFileTest::withoutEmptyTexts).toList();
    }

    private static EventRow withoutEmptyTexts(EventRow row) {
        return new EventRow(
                row.type(),
                row.id(),
                row.orderId(),
                row.visitorId(),
                row.productId(),
                nullIfEmpty(row.source()),
                nullIfEmpty(row.campaignId()),
                nullIfEmpty(row.clickId()),
                row.quantity(),
                row.amountMicros(),
                row.costMicros(),
                row.timeMs());
    }

    private static String nullIfEmpty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
