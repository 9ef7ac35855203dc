package io.weir.app.replay.input;

import java.time.ZoneId;
import java.util.List;

/** A way to write past events down as CSV. Immutable; files are read through the {@link RowMapper} of each. */
public interface FileFormat {

    /** The name that {@code --format} knows it by. */
    String label();

    /** Whether its payments carry what was paid; otherwise revenue is units × an assumed price. */
    boolean hasPrices();

    /**
     * Reads the header, where the format has one, and says how to read the rows after it.
     *
     * @param file what to call the file in errors
     * @param fileIndex 1 for the first file of a replay; ids that the format itself lacks are made from it
     * @throws ReplayException if the header lacks what the format needs
     */
    RowMapper open(CsvRows rows, String file, int fileIndex);

    /** The names of all formats. */
    static List<String> labels() {
        return List.of("weir", "taobao", "rees46", "retailrocket", "online-retail");
    }

    /**
     * The format with this {@link #label}.
     *
     * @param assumedPriceMicros price per unit where the format has none, zero or more
     * @param zone whose local time files without an offset tell
     * @throws IllegalArgumentException if there is none, naming those there are
     */
    static FileFormat named(String label, long assumedPriceMicros, ZoneId zone) {
        return switch (label) {
            case "weir" -> new WeirFormat();
            case "taobao" -> new TaobaoFormat(assumedPriceMicros);
            case "rees46" -> new Rees46Format();
            case "retailrocket" -> new RetailrocketFormat(assumedPriceMicros);
            case "online-retail" -> new OnlineRetailFormat(zone);
            default ->
                throw new IllegalArgumentException(
                        "'" + label + "' is no format: choose one of " + String.join(", ", labels()));
        };
    }

    /** An id for an event of a format without ids: the same for the same row whenever the files are replayed. */
    static String rowId(int fileIndex, long line) {
        return fileIndex + "-" + line;
    }
}
