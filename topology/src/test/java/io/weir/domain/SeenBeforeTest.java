package io.weir.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeenBeforeTest {

    private static SeenBefore storedAndRead(SeenBefore seenBefore) {
        BinaryWriter out = new BinaryWriter();
        seenBefore.write(out);
        return SeenBefore.read(new BinaryReader(out.toByteArray()));
    }

    private static List<List<Long>> all(SeenBefore seenBefore) {
        List<List<Long>> all = new ArrayList<>();
        seenBefore.forEach((minutesAgo, visitors, buyers) -> all.add(List.of((long) minutesAgo, visitors, buyers)));
        return all;
    }

    @Test
    void whatIsStoredIsReadBack() {
        SeenBefore seenBefore = new SeenBefore();
        seenBefore.addVisitor(0, true, 1);
        seenBefore.addVisitor(7, false, 1);
        seenBefore.addVisitor(7, true, 1);
        seenBefore.addBuyer(7, false, 1);
        seenBefore.addBuyer(1_439, true, 1);
        SeenBefore read = storedAndRead(seenBefore);
        assertThat(all(read)).containsExactly(List.of(7L, 2L, 1L), List.of(1_439L, 0L, 1L));
        assertThat(read.newVisitorsOfDay()).isEqualTo(2);
        assertThat(read.newBuyersOfDay()).isEqualTo(1);
    }

    /** As can be without transactions, when a crash has lost a sum and kept the journey that it came from. */
    @Test
    void whatIsTakenBackWithoutHavingBeenAddedDoesNotStopTheTask() {
        SeenBefore seenBefore = new SeenBefore();
        seenBefore.addVisitor(7, true, -1);
        seenBefore.addBuyer(7, true, -2);
        SeenBefore read = storedAndRead(seenBefore);
        assertThat(all(read)).containsExactly(List.of(7L, -1L, -2L));
        assertThat(read.newVisitorsOfDay()).isEqualTo(-1);
        assertThat(read.newBuyersOfDay()).isEqualTo(-2);
    }

    @Test
    void whatIsTakenBackIsGone() {
        SeenBefore seenBefore = new SeenBefore();
        seenBefore.addVisitor(7, true, 1);
        seenBefore.addBuyer(8, false, 1);
        SeenBefore copy = seenBefore.copy();
        assertThat(all(copy)).isEqualTo(all(seenBefore)).hasSize(2);
        assertThat(copy.newVisitorsOfDay()).isEqualTo(1);
        copy.add(seenBefore, 1);
        assertThat(all(copy)).containsExactly(List.of(7L, 2L, 0L), List.of(8L, 0L, 2L));
        assertThat(copy.newVisitorsOfDay()).isEqualTo(2);
        copy.add(seenBefore, -1);
        assertThat(copy.isZero()).isFalse();
        copy.add(seenBefore, -1);
        assertThat(copy.isZero()).isTrue();
        assertThat(all(copy)).isEmpty();
        assertThat(all(seenBefore)).as("a copy is another").hasSize(2);
    }
}
