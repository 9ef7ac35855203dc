package io.weir.topology;

/**
 * Tells how far the inputs reach and whether they stand still, as the broker sees it. Asked by stream threads; must not
 * block, but for {@link #endNow}.
 */
public interface InputProbe {

    /** No answer: the partition may have records that have not been read. */
    long UNKNOWN = Long.MAX_VALUE;

    /**
     * Since when, on the wall clock in milliseconds, nothing has been appended to any input of this partition, as
     * confirmed by the broker up to a moment ago; {@link #UNKNOWN} if that cannot be told.
     */
    long quietSinceMs(int partition);

    /**
     * The offset of the first record that this input partition still holds, as the broker last said; 0 if it has not. What
     * retention has deleted is not to be read any more.
     */
    default long start(String topic, int partition) {
        return 0;
    }

    /** The offset behind the last record of this input partition, as the broker last said; 0 if it has not. */
    default long end(String topic, int partition) {
        return 0;
    }

    /**
     * The same as the broker says now. Asked after mishaps only, and may block for some seconds.
     *
     * @throws IllegalStateException if the broker does not answer
     */
    default long endNow(String topic, int partition) {
        return end(topic, partition);
    }

    /**
     * How many records of this input partition are still to be read.
     *
     * @param nextOffset behind the last record read; 0 if none was
     */
    default long waiting(String topic, int partition, long nextOffset) {
        return Math.max(0, end(topic, partition) - Math.max(nextOffset, start(topic, partition)));
    }
}
