package io.weir.app.pipeline;

import io.weir.domain.Ledger;
import io.weir.topology.FiguresListener;
import io.weir.topology.PartitionProgress;
import io.weir.topology.WindowRow;
import java.util.List;

/** Tells several listeners the same. */
public final class Listeners implements FiguresListener {
    private final List<FiguresListener> all;

    public Listeners(FiguresListener... all) {
        this.all = List.of(all);
    }

    @Override
    public void rowChanged(int totalsPartition, WindowRow row) {
        all.forEach(each -> each.rowChanged(totalsPartition, row));
    }

    @Override
    public void watermarkAdvanced(int totalsPartition, long watermarkMs) {
        all.forEach(each -> each.watermarkAdvanced(totalsPartition, watermarkMs));
    }

    @Override
    public void resultsCover(int totalsPartition, PartitionProgress progress) {
        all.forEach(each -> each.resultsCover(totalsPartition, progress));
    }

    @Override
    public void totalsRevoked(int totalsPartition) {
        all.forEach(each -> each.totalsRevoked(totalsPartition));
    }

    @Override
    public void inputProgressed(int inputPartition, Ledger ledger, long streamTimeMs) {
        all.forEach(each -> each.inputProgressed(inputPartition, ledger, streamTimeMs));
    }

    @Override
    public void inputRevoked(int inputPartition) {
        all.forEach(each -> each.inputRevoked(inputPartition));
    }
}
