package io.weir.app.replay;

import java.util.ArrayList;
import java.util.List;

/** A clock that stands still until someone sleeps. */
final class FakeClock implements WallClock {
    long nowMs;
    final List<Long> sleepsMs = new ArrayList<>();

    FakeClock(long nowMs) {
        this.nowMs = nowMs;
    }

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public void sleep(long ms) {
        sleepsMs.add(ms);
        nowMs += ms;
    }
}
