package io.weir.app.alerts;

import io.weir.app.figures.Figure;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.Ledger;
import io.weir.domain.Measures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Fails whatever it is asked; tests say what they mean to be asked for. */
class NoFigures implements WatchedFigures {
    @Override
    public OptionalLong watermarkMs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<Integer> ownedTotals() {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong dayStartMs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Figure> today(Dimension dimension, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Figure> today(Dimension dimension, Set<DimensionKey> keys) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Measures> hourBefore(DimensionKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<Integer, Ledger> ledgers() {
        throw new UnsupportedOperationException();
    }
}
