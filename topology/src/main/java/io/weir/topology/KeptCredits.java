package io.weir.topology;

import io.weir.domain.Credit;
import io.weir.domain.Credits;
import io.weir.serde.CreditFormat;
import java.time.Duration;

/** Keeps what one partition's payments are credited to until stream time has passed them by more than the retention. */
final class KeptCredits implements Credits {
    private final WriteBehindStore<CreditKey, Credit> store;
    private final Sweep<CreditKey, Credit> sweep;

    KeptCredits(WriteBehindStore<CreditKey, Credit> store, Duration retention) {
        this.store = store;
        this.sweep = new Sweep<>(store, Credit::timeMs, CreditFormat::timeMs, retention.toMillis());
    }

    @Override
    public void credited(Credit credit) {
        store.put(new CreditKey(credit.orderId(), credit.paymentId()), credit);
        sweep.added(credit.timeMs());
    }

    /** To be called once per interval. */
    void sweep(long streamTimeMs) {
        sweep.sweep(streamTimeMs);
    }
}
