package io.weir.topology;

import io.weir.domain.Credit;
import io.weir.domain.Credits;
import io.weir.serde.CreditFormat;
import java.time.Duration;

/** Keeps what one partition's payments are credited to until stream time has passed them by more than the retention. */
final class KeptCredits implements Credits {
    /** How many are looked at per interval for whether they can be dropped, beside two for each that was taken. */
    private static final int SWEPT_PER_INTERVAL = 500;

    private final WriteBehindStore<CreditKey, Credit> store;
    private final Sweep<CreditKey, Credit> sweep;
    private int takenSinceSweep;

    KeptCredits(WriteBehindStore<CreditKey, Credit> store, Duration retention) {
        this.store = store;
        this.sweep = new Sweep<>(store, Credit::timeMs, CreditFormat::timeMs, retention.toMillis());
    }

    @Override
    public void credited(Credit credit) {
        store.put(new CreditKey(credit.orderId(), credit.paymentId()), credit);
        takenSinceSweep++;
    }

    /** To be called once per interval. Goes round at least as fast as the store grows, so it cannot outgrow the sweep. */
    void sweep(long streamTimeMs) {
        sweep.sweep(SWEPT_PER_INTERVAL + 2 * takenSinceSweep, streamTimeMs);
        takenSinceSweep = 0;
    }
}
