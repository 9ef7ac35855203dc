package io.weir.app.replay.input;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The columns of one file, by name. Case and surrounding spaces do not matter. */
final class Header {
    private static final int ABSENT = -1;

    private final String file;
    private final String format;
    private final List<String> names;
    private final Map<String, Integer> positions = new HashMap<>();
    private final List<String> missing = new ArrayList<>();

    private Header(String file, String format, List<String> names) {
        this.file = file;
        this.format = format;
        this.names = names;
    }

    /**
     * Takes the file's first row.
     *
     * @throws ReplayException if there is none or it names a column twice
     */
    static Header read(CsvRows rows, String file, String format) {
        CsvRow row = rows.next(CsvRows.ANY_COLUMNS);
        if (row == null) {
            throw new ReplayException("cannot read " + file + ": it is empty, and --format " + format
                    + " starts with a header; leave the file out or check where it came from");
        }
        if (row.fault() != null) {
            throw new ReplayException("cannot read " + file + ": the header on line " + row.line() + " is damaged: "
                    + row.fault() + "; write it as CSV in UTF-8");
        }
        Header header = new Header(file, format, row.cells());
        for (int i = 0; i < row.cells().size(); i++) {
            String name = normal(row.cells().get(i));
            if (!name.isEmpty() && header.positions.put(name, i) != null) {
                throw new ReplayException("cannot read " + file + ": its header names the column " + name
                        + " twice; rename the one that is not meant");
            }
        }
        return header;
    }

    private static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    int columns() {
        return names.size();
    }

    /** Where the column stands under the first of its names that is there; noted as missing if none is. */
    int required(String... anyOf) {
        for (String name : anyOf) {
            Integer position = positions.get(normal(name));
            if (position != null) {
                return position;
            }
        }
        missing.add(anyOf[0]);
        return ABSENT;
    }

    /** Where the column stands, or {@link #ABSENT}, for {@link #cell} to read as blank. */
    int optional(String name) {
        return positions.getOrDefault(normal(name), ABSENT);
    }

    /** @throws ReplayException if a required column was missing, naming all that were */
    void check() {
        if (!missing.isEmpty()) {
            throw new ReplayException("cannot read " + file + ": --format " + format + " needs the column"
                    + (missing.size() > 1 ? "s " : " ") + String.join(", ", missing) + ", and the header has only "
                    + String.join(", ", names) + "; rename the columns or choose another --format");
        }
    }

    static String cell(List<String> cells, int position) {
        return position == ABSENT ? "" : cells.get(position);
    }
}
