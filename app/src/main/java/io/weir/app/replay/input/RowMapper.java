package io.weir.app.replay.input;

import java.util.List;

/** Understands the rows of one file. */
interface RowMapper {

    /** How many cells a row has. */
    int columns();

    /**
     * What the row is.
     *
     * @param line the physical line it starts on
     * @param cells as many as {@link #columns}
     * @throws UnreadableCellException if a number or time is none
     */
    Row map(long line, List<String> cells);
}
