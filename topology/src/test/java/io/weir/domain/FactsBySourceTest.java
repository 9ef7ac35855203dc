package io.weir.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactsBySourceTest {
    private static final long TEN = 1_767_225_600_000L;
    private static final DimensionKey ADS = DimensionKey.source("ads");
    private static final Payment PAYMENT = new Payment("p", "o", "ann", "mug", 2, 900, TEN);

    private final FactsBySource facts = new FactsBySource();

    /** Notes what is handed on. */
    private static final class Notes implements Contributions {
        final List<String> made = new ArrayList<>();

        @Override
        public void click(DimensionKey key, long timeMs, long costMicros) {
            made.add("click " + key.source() + " " + timeMs + " " + costMicros);
        }

        @Override
        public void landing(DimensionKey key, long timeMs, int sign) {
            made.add("landing " + key.source() + " " + timeMs + " " + sign);
        }

        @Override
        public void visit(DimensionKey key, long timeMs, int newIn, int minutesAgo, int sign) {
            made.add("visit " + key.source() + " " + timeMs + " " + newIn + " " + minutesAgo + " " + sign);
        }

        @Override
        public void payment(DimensionKey key, Payment payment, boolean halo, int newIn, int minutesAgo, int sign) {
            made.add("payment " + key.source() + " " + halo + " " + newIn + " " + minutesAgo + " " + sign);
        }
    }

    private FactsBySource storedAndRead() {
        BinaryWriter out = new BinaryWriter();
        facts.write(out);
        return FactsBySource.read(new BinaryReader(out.toByteArray()));
    }

    @Test
    void everyContributionIsHandedOn() {
        Notes notes = new Notes();
        Contributions counting = facts.counting(notes);
        counting.click(ADS, TEN, 70);
        counting.landing(ADS, TEN, -1);
        counting.visit(ADS, TEN, 7, 3, -1);
        counting.payment(ADS, PAYMENT, true, 5, 4, 1);
        assertThat(notes.made)
                .containsExactly(
                        "click ads " + TEN + " 70",
                        "landing ads " + TEN + " -1",
                        "visit ads " + TEN + " 7 3 -1",
                        "payment ads true 5 4 1");
    }

    @Test
    void onlyWhatCountsUnderASourceIsAFactOfIt() {
        Contributions counting = facts.counting(Contributions.NOWHERE);
        for (DimensionKey key : DimensionKeys.of("mug", "ads", "spring")) {
            counting.click(key, TEN, 70);
            counting.payment(key, PAYMENT, false, 0, 0, 1);
            counting.payment(key, PAYMENT, false, 0, 0, -1);
        }
        counting.payment(DimensionKey.source("mail"), PAYMENT, false, 0, 0, 1);
        Map<String, SourceFacts> expected = Map.of(
                "ads", new SourceFacts(1, 70, 1, 900, 1, 900),
                "mail", new SourceFacts(0, 0, 1, 900, 0, 0));
        assertThat(facts.bySource()).isEqualTo(expected);
        assertThat(storedAndRead().bySource()).isEqualTo(expected);
    }

    @Test
    void sourcesBeyondTheBoundAreOneAndThoseKnownBeforeAreNot() {
        Contributions counting = facts.counting(Contributions.NOWHERE);
        for (int i = 0; i < FactsBySource.MOST_SOURCES; i++) {
            counting.click(DimensionKey.source("s" + i), TEN, 1);
        }
        assertThat(facts.bySource()).hasSize(FactsBySource.MOST_SOURCES).doesNotContainKey(FactsBySource.OTHER);
        counting.click(DimensionKey.source("one more"), TEN, 1);
        counting.click(DimensionKey.source("another"), TEN, 1);
        counting.click(DimensionKey.source("s0"), TEN, 1);
        assertThat(facts.bySource().get(FactsBySource.OTHER)).isEqualTo(new SourceFacts(2, 2, 0, 0, 0, 0));
        assertThat(facts.bySource().get("s0")).isEqualTo(new SourceFacts(2, 2, 0, 0, 0, 0));
    }

    @Test
    void aSumOfMoneyThatWouldLeaveTheRangeStaysFullAndNothingThrows() {
        Contributions counting = facts.counting(Contributions.NOWHERE);
        Payment greatest = new Payment("p", "o", "ann", "mug", 1, WindowTotals.GREATEST_SUM, TEN);
        for (int i = 0; i < 1_030; i++) {
            counting.click(ADS, TEN, WindowTotals.GREATEST_SUM);
            counting.payment(ADS, greatest, false, 0, 0, 1);
            counting.payment(ADS, greatest, false, 0, 0, -1);
        }
        Map<String, SourceFacts> expected = Map.of(
                "ads", new SourceFacts(1_030, SourceFacts.FULL, 1_030, SourceFacts.FULL, 1_030, SourceFacts.FULL));
        assertThat(facts.bySource()).isEqualTo(expected);
        assertThat(storedAndRead().bySource()).isEqualTo(expected);
    }
}
