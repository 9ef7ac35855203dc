package io.weir.topology;

/**
 * How many live objects each store keeps between commits, so that those of all partitions, which one instance may come to
 * own, take no more than a share of the heap.
 *
 * @param maxHeapBytes what the heap may grow to
 * @param partitions how many tasks have such stores
 */
record HeapShares(long maxHeapBytes, int partitions) {
    private static final int LEAST = 500;

    /** A journey, its entry and its key; a visitor with a handful of events. */
    private static final int JOURNEY_BYTES = 2_000;

    private static final double JOURNEYS_SHARE = 0.15;
    private static final int MOST_JOURNEYS = 20_000;

    /** A row of two partitions' parts, its entry and its key. */
    private static final int ROW_BYTES = 600;

    private static final double ROWS_SHARE = 0.3;

    /** Of sums by window or dimension key. */
    private static final int ROW_STORES = 4;

    private static final int MOST_ROWS = 50_000;

    /** Credits are written, and hardly ever looked at again. */
    private static final int CREDITS = 1_000;

    static HeapShares ofThisJvm(int partitions) {
        return new HeapShares(Runtime.getRuntime().maxMemory(), partitions);
    }

    int journeys() {
        return objects(JOURNEYS_SHARE, JOURNEY_BYTES, MOST_JOURNEYS);
    }

    int credits() {
        return Math.min(CREDITS, journeys());
    }

    int rows() {
        return objects(ROWS_SHARE / ROW_STORES, ROW_BYTES, MOST_ROWS);
    }

    private int objects(double share, int bytes, int most) {
        double fit = maxHeapBytes * share / partitions / bytes;
        return (int) Math.max(LEAST, Math.min(most, fit));
    }
}
