package io.weir.app.replay.input;

/**
 * A cell is not what its column holds. The message names the column and keeps the cell to itself: where columns have
 * shifted it may be a visitor's id. Carries no stack trace.
 */
final class UnreadableCellException extends RuntimeException {

    /** @param expected what the column holds, as in "is no whole number" */
    UnreadableCellException(String column, String cell, String expected) {
        super(column + ", of length " + cell.length() + ", " + expected, null, false, false);
    }
}
