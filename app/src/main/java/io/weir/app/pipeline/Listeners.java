package io.weir.app.pipeline;

import io.weir.domain.DimensionKey;
import io.weir.domain.Measures;
import io.weir.domain.RollingWindow;
import io.weir.domain.SourceFacts;
import io.weir.topology.FiguresListener;
import io.weir.topology.PartitionProgress;
import io.weir.topology.WindowRow;
import java.util.List;
import java.util.Map;

/** Tells several listeners the same. */
public final class Listeners implements FiguresListener {
    private final List<FiguresListener> all;

    public Listeners(FiguresListener... all) {
        this.all = List.of(all);
    }

    @Override
    public void rowChanged(int totalsPartition, WindowRow row, Measures before) {
        all.forEach(each -> each.rowChanged(totalsPartition, row, before));
    }

    @Override
    public void rollingChanged(
            int totalsPartition, RollingWindow window, DimensionKey key, Measures measures, Measures before) {
        all.forEach(each -> each.rollingChanged(totalsPartition, window, key, measures, before));
    }

    @Override
    public void rollingAdvanced(int totalsPartition, long watermarkMs, List<RollingChange> changes) {
        all.forEach(each -> each.rollingAdvanced(totalsPartition, watermarkMs, changes));
    }

    @Override
    public void watermarkAdvanced(int totalsPartition, long watermarkMs) {
        all.forEach(each -> each.watermarkAdvanced(totalsPartition, watermarkMs));
    }

    @Override
    public void rowsCover(int totalsPartition, PartitionProgress progress) {
        all.forEach(each -> each.rowsCover(totalsPartition, progress));
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
    public void inputProgressed(PartitionProgress progress, Map<String, SourceFacts> facts) {
        all.forEach(each -> each.inputProgressed(progress, facts));
    }

    @Override
    public void inputRevoked(int inputPartition) {
        all.forEach(each -> each.inputRevoked(inputPartition));
    }
}
