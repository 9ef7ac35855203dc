package io.weir.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReturnsTest {

    private static Returns storedAndRead(Returns returns) {
        BinaryWriter out = new BinaryWriter();
        returns.write(out);
        return Returns.read(new BinaryReader(out.toByteArray()));
    }

    private static List<List<Long>> all(Returns returns) {
        List<List<Long>> all = new ArrayList<>();
        returns.forEach((minutesAgo, visitors, buyers) -> all.add(List.of((long) minutesAgo, visitors, buyers)));
        return all;
    }

    @Test
    void whatIsStoredIsReadBack() {
        Returns returns = new Returns();
        returns.addVisitor(0, true, 1);
        returns.addVisitor(7, false, 1);
        returns.addVisitor(7, true, 1);
        returns.addBuyer(7, false, 1);
        returns.addBuyer(1_439, true, 1);
        Returns read = storedAndRead(returns);
        assertThat(all(read)).containsExactly(List.of(7L, 2L, 1L), List.of(1_439L, 0L, 1L));
        assertThat(read.newVisitorsOfDay()).isEqualTo(2);
        assertThat(read.newBuyersOfDay()).isEqualTo(1);
    }

    /** As can be without transactions, when a crash has lost a sum and kept the journey that it came from. */
    @Test
    void whatIsTakenBackWithoutHavingBeenAddedDoesNotStopTheTask() {
        Returns returns = new Returns();
        returns.addVisitor(7, true, -1);
        returns.addBuyer(7, true, -2);
        Returns read = storedAndRead(returns);
        assertThat(all(read)).containsExactly(List.of(7L, -1L, -2L));
        assertThat(read.newVisitorsOfDay()).isEqualTo(-1);
        assertThat(read.newBuyersOfDay()).isEqualTo(-2);
    }

    @Test
    void whatIsTakenBackIsGone() {
        Returns returns = new Returns();
        returns.addVisitor(7, true, 1);
        returns.addBuyer(8, false, 1);
        Returns copy = returns.copy();
        assertThat(all(copy)).isEqualTo(all(returns)).hasSize(2);
        assertThat(copy.newVisitorsOfDay()).isEqualTo(1);
        copy.add(returns, 1);
        assertThat(all(copy)).containsExactly(List.of(7L, 2L, 0L), List.of(8L, 0L, 2L));
        assertThat(copy.newVisitorsOfDay()).isEqualTo(2);
        copy.add(returns, -1);
        assertThat(copy.isZero()).isFalse();
        copy.add(returns, -1);
        assertThat(copy.isZero()).isTrue();
        assertThat(all(copy)).isEmpty();
        assertThat(all(returns)).as("a copy is another").hasSize(2);
    }
}
