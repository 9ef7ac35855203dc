package io.weir.topology;

import io.weir.domain.Ledger;

final class NoListener implements FiguresListener {
    @Override
    public void rowChanged(int totalsPartition, WindowRow row) {}

    @Override
    public void watermarkAdvanced(int totalsPartition, long watermarkMs) {}

    @Override
    public void totalsRevoked(int totalsPartition) {}

    @Override
    public void inputProgressed(int inputPartition, Ledger ledger, long streamTimeMs) {}

    @Override
    public void inputRevoked(int inputPartition) {}
}
