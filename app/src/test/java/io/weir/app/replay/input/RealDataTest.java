package io.weir.app.replay.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.domain.EventType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reads the real data sets, where they are: they are not the project's to ship. */
class RealDataTest {

    @Test
    void everythingThat983TaobaoUsersDid() {
        RowCounts counts = counts("taobao", "taobao/by-user-983.csv.gz");

        assertThat(counts.rows()).isEqualTo(100_001);
        assertThat(counts.events(EventType.VISIT)).isEqualTo(89_710);
        assertThat(counts.events(EventType.PAYMENT)).isEqualTo(2_101);
        assertThat(counts.events()).isEqualTo(91_811);
        assertThat(counts.skippedByKind()).isEqualTo(Map.of("cart", 5_446L, "fav", 2_744L));
        assertThat(counts.unreadable()).isZero();
    }

    @Test
    void aTaobaoMorningWhoseLastLineIsCutOff() {
        RowCounts counts = counts("taobao", "taobao/by-time-2017-11-26-morning.csv.gz");

        assertThat(counts.events(EventType.VISIT)).isEqualTo(85_773);
        assertThat(counts.events(EventType.PAYMENT)).isEqualTo(2_144);
        assertThat(counts.unreadable()).isEqualTo(1);
        assertThat(counts.rows()).isEqualTo(96_169);
    }

    @Test
    void halfAYearOfInvoices() {
        RowCounts counts = counts("online-retail", "online-retail/2010-12_to_2011-05.csv.gz");

        assertThat(counts.rows()).isEqualTo(209_029);
        assertThat(counts.events(EventType.PAYMENT) + counts.skippedByKind().get("cancellation"))
                .isEqualTo(209_029);
        assertThat(counts.unreadable()).isZero();
        assertThat(counts.rejected().read()).isZero();
    }

    private static RowCounts counts(String format, String file) {
        Path shared = Path.of(System.getProperty(
                "weir.shared",
                Path.of(System.getProperty("weir.root", "."), "..", "shared").toString()));
        Path path = shared.resolve("data").resolve(file);
        assumeTrue(Files.isReadable(path), () -> "the real data is not here: " + path + "; set -Dweir.shared");
        try (PastEvents events = new PastEvents(FileFormat.named(format, 0, ZoneOffset.UTC), List.of(path))) {
            while (events.next() != null) {
                // Counting is all that is wanted.
            }
            return events.counts();
        }
    }
}
