package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.EventType;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import io.weir.domain.StoredFormatException;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {

    /** What is behind the format number and the key's fingerprint is the same in both formats. */
    private static byte[] withoutKey(PartitionProgress progress) {
        assertThat(progress.visitorKey()).isNull();
        BinaryWriter out = new BinaryWriter();
        progress.write(out);
        byte[] now = out.toByteArray();
        byte[] before = new byte[now.length - 1];
        before[0] = 2;
        System.arraycopy(now, 2, before, 1, before.length - 1);
        return before;
    }

    private static PartitionProgress some() {
        PartitionProgress progress = new PartitionProgress(3);
        progress.advanceStreamTime(1_000);
        progress.setClock(2_000, true, 3_000);
        progress.noteWatermark(500);
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
    }

    @Test
    void progressOfTheVersionBeforeIsReadAndDoesNotKnowTheKey() {
        PartitionProgress read = PartitionProgress.read(new BinaryReader(withoutKey(some())));
        assertIsSome(read);
        assertThat(read.visitorKey()).isNull();
    }

    @Test
    void progressOfAnyOtherVersionIsRefused() {
        for (byte format : new byte[] {1, 4}) {
            assertThatThrownBy(() -> PartitionProgress.read(new BinaryReader(new byte[] {format, 0, 0})))
                    .isInstanceOf(StoredFormatException.class)
                    .hasMessageContaining("format " + format);
        }
    }
}
