package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.EventType;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import io.weir.domain.StoredFormatException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {

    /**
     * Behind the format number and what has come since, all formats are the same.
     *
     * @param fields how many fields stand in between, empty here and a byte each
     */
    private static byte[] inFormat(int format, int fields, PartitionProgress progress) {
        assertThat(progress.visitorKey()).isNull();
        assertThat(progress.nextPublication()).isZero();
        assertThat(progress.nextRequest()).isZero();
        BinaryWriter out = new BinaryWriter();
        progress.write(out);
        byte[] now = out.toByteArray();
        byte[] before = new byte[now.length - 3 + fields];
        before[0] = (byte) format;
        System.arraycopy(now, 1, before, 1, fields);
        System.arraycopy(now, 4, before, 1 + fields, now.length - 4);
        return before;
    }

    private static PartitionProgress some() {
        PartitionProgress progress = new PartitionProgress(3);
        progress.advanceStreamTime(1_000);
        progress.setClock(2_000, true, 3_000);
        progress.noteTotals(500, 0);
        progress.noteRead(400);
        progress.setNextOffset(EventType.VISIT, 17);
        progress.ledger().count(EventType.VISIT, Outcome.ACCEPTED);
        progress.ledger().countRejected(EventType.PAYMENT, Rejection.NEGATIVE_AMOUNT);
        return progress;
    }

    private static void assertIsSome(PartitionProgress read) {
        assertThat(read).usingRecursiveComparison().ignoringFields("visitorKey").isEqualTo(some());
    }

    @Test
    void progressIsReadAsItWasWrittenWithTheKeyOfItsVisitors() {
        assertIsSome(some().copy());
        PartitionProgress named = some();
        named.setVisitorKey("0b62c8025e0ff1e2");
        assertIsSome(named.copy());
        assertThat(named.copy().visitorKey()).isEqualTo("0b62c8025e0ff1e2");
        named.noteTotals(500, 4_711);
        assertThat(named.copy().nextPublication()).isEqualTo(4_711);
        named.setNextRequest(12);
        assertThat(named.copy().nextRequest()).isEqualTo(12);
    }

    @Test
    void progressOfTheVersionsBeforeIsReadWithoutWhatTheyDidNotKnow() {
        for (byte[] before : List.of(inFormat(2, 0, some()), inFormat(3, 1, some()), inFormat(4, 2, some()))) {
            PartitionProgress read = PartitionProgress.read(new BinaryReader(before));
            assertIsSome(read);
            assertThat(read.visitorKey()).isNull();
            assertThat(read.nextPublication()).isZero();
            assertThat(read.nextRequest()).isZero();
        }
    }

    @Test
    void progressOfAnyOtherVersionIsRefused() {
        for (byte format : new byte[] {1, 6}) {
            assertThatThrownBy(() -> PartitionProgress.read(new BinaryReader(new byte[] {format, 0, 0})))
                    .isInstanceOf(StoredFormatException.class)
                    .hasMessageContaining("format " + format);
        }
    }
}
