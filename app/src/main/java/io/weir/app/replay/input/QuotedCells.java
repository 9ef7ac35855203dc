package io.weir.app.replay.input;

import java.util.ArrayList;
import java.util.List;

/** Takes a row with quotes apart, line by line: a quoted cell may run over several lines. */
final class QuotedCells {
    enum State {
        /** The row is whole. */
        COMPLETE,
        /** A quote is open at the end of the line: the row goes on. */
        OPEN,
        /** Text follows a closing quote: this is no CSV. */
        MALFORMED
    }

    private final List<String> cells = new ArrayList<>();
    private final StringBuilder quoted = new StringBuilder();
    private boolean inQuotes = false;

    /** Takes the row's first or next line, without its LF. */
    State add(String line) {
        int end = line.endsWith("\r") ? line.length() - 1 : line.length();
        int at = 0;
        if (inQuotes) {
            quoted.append('\n');
        }
        while (true) {
            if (!inQuotes && at < end && line.charAt(at) == '"') {
                inQuotes = true;
                at++;
            }
            if (inQuotes) {
                at = closingQuote(line, at);
                if (at < 0) {
                    return State.OPEN;
                }
                inQuotes = false;
                cells.add(quoted.toString());
                quoted.setLength(0);
                at++;
                if (at < end && line.charAt(at) != ',') {
                    return State.MALFORMED;
                }
            } else {
                int comma = line.indexOf(',', at);
                int cellEnd = comma < 0 ? end : comma;
                cells.add(line.substring(at, cellEnd));
                at = cellEnd;
            }
            if (at >= end) {
                return State.COMPLETE;
            }
            at++;
        }
    }

    /** Collects the quoted text from {@code at} on; returns where its closing quote stands, or -1 if not on this line. */
    private int closingQuote(String line, int at) {
        int start = at;
        while (true) {
            int quote = line.indexOf('"', start);
            if (quote < 0) {
                quoted.append(line, start, line.length());
                return -1;
            }
            quoted.append(line, start, quote);
            if (quote + 1 >= line.length() || line.charAt(quote + 1) != '"') {
                return quote;
            }
            quoted.append('"');
            start = quote + 2;
        }
    }

    int size() {
        return cells.size();
    }

    List<String> toList() {
        return List.copyOf(cells);
    }
}
