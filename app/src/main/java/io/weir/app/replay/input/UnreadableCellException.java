package io.weir.app.replay.input;

/** A cell is not what its column holds. The message names the column and shows the cell. Carries no stack trace. */
final class UnreadableCellException extends RuntimeException {
    private static final int SHOWN_CHARS = 60;

    /** @param expected what the column holds, as in "is no whole number" */
    UnreadableCellException(String column, String cell, String expected) {
        super(column + " '" + shown(cell) + "' " + expected, null, false, false);
    }

    private static String shown(String cell) {
        String start = cell.length() > SHOWN_CHARS ? cell.substring(0, SHOWN_CHARS) + "…" : cell;
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
