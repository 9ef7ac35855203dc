package io.weir.topology;

/**
 * How much is done at a time of what a jump of the watermark means. Kafka Streams commits between two records only, and
 * the broker aborts a transaction that has not been committed in time; the task would begin anew and come to the same
 * jump. So the way is gone in steps of event time, short where there are many rows, and only some of them in each
 * interval.
 */
final class Pace {
    /** As many as an instance with little memory and a slow disk looks at well within a second. */
    static final int ROWS_AN_INTERVAL = 20_000;

    private static final int STEPS_AN_INTERVAL = 50;
    private static final int MOST_MINUTES = 60;

    private final int rowsAnInterval;
    private final int fewRows;
    private int rowsLeft;
    private int stepsLeft;
    private int minutes = 1;

    /** @param rowsAnInterval how many rows are looked at before others have their turn */
    Pace(int rowsAnInterval) {
        this.rowsAnInterval = rowsAnInterval;
        this.fewRows = rowsAnInterval / 4;
        beginInterval();
    }

    void beginInterval() {
        rowsLeft = rowsAnInterval;
        stepsLeft = STEPS_AN_INTERVAL;
    }

    /** Whether there may be one more step in this interval. */
    boolean mayStep() {
        return rowsLeft > 0 && stepsLeft > 0;
    }

    /** How many rows may still be looked at in this interval; 0 or less if none. */
    int rowsLeft() {
        return rowsLeft;
    }

    /** How far the next step goes at most, minutes of event time. */
    int minutes() {
        return minutes;
    }

    /** A step has looked at so many rows. */
    void stepped(int rows) {
        rowsLeft -= rows;
        stepsLeft--;
        minutes = rows > fewRows ? Math.max(1, minutes / 2) : Math.min(MOST_MINUTES, minutes * 2);
    }
}
