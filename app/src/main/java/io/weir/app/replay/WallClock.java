package io.weir.app.replay;

/** The time of day and the means to wait for it; replaced in tests, so that no test waits. */
public interface WallClock {
    WallClock SYSTEM = new WallClock() {
        @Override
        public long nowMs() {
            return System.currentTimeMillis();
        }

        @Override
        public void sleep(long ms) throws InterruptedException {
            Thread.sleep(ms);
        }
    };

    /** Milliseconds since 1970. */
    long nowMs();

    /** Returns when {@code ms} have passed. */
    void sleep(long ms) throws InterruptedException;
}
