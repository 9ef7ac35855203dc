package io.weir.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.weir.domain.Dimension;
import io.weir.domain.Measure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether an engine's results are those of the batch oracle, as far as it claims them to be.
 *
 * @param difference the first difference; null if there is none
 */
record Verdict(@Nullable String difference) {
    private static final int KEY_COLUMNS = 6;
    private static final int DIMENSION_COLUMN = 2;

    boolean isEqual() {
        return difference == null;
    }

    /**
     * Compares two files in the shape of {@code windows.csv}, both sorted; rows in which all claimed measures are zero
     * do not count.
     */
    static Verdict of(Path expected, Path found, Claim claim) throws IOException {
        try (CsvReader<CsvRecord> oracle = CsvReader.builder().ofCsvRecord(expected);
                CsvReader<CsvRecord> engine = CsvReader.builder().ofCsvRecord(found)) {
            Rows wanted = new Rows(oracle.iterator(), claim);
            Rows given = new Rows(engine.iterator(), claim);
            while (wanted.hasNext() || given.hasNext()) {
                String right = wanted.hasNext() ? wanted.next() : "no further row";
                String said = given.hasNext() ? given.next() : "no further row";
                if (!right.equals(said)) {
                    return new Verdict("expected " + right + ", found " + said);
                }
            }
        }
        return new Verdict(null);
    }

    /** The claimed part of each row that has one: the key and the claimed measures, as one line. */
    private static final class Rows implements Iterator<String> {
        private final Iterator<CsvRecord> records;
        private final Claim claim;
        private @Nullable String next;

        Rows(Iterator<CsvRecord> records, Claim claim) {
            this.records = records;
            this.claim = claim;
            if (records.hasNext()) {
                // The header.
                records.next();
            }
            advance();
        }

        private void advance() {
            next = null;
            while (next == null && records.hasNext()) {
                next = claimed(records.next());
            }
        }

        private @Nullable String claimed(CsvRecord row) {
            if (!claim.dimensions().contains(Dimension.of(row.getField(DIMENSION_COLUMN)))) {
                return null;
            }
            List<String> key = row.getFields().subList(0, KEY_COLUMNS);
            boolean hasValue = false;
            StringBuilder values = new StringBuilder();
            for (Measure measure : Measure.values()) {
                if (claim.measures().contains(measure)) {
                    String value = row.getField(KEY_COLUMNS + measure.ordinal());
                    hasValue |= !value.equals("0");
                    values.append(' ').append(measure.label()).append('=').append(value);
                }
            }
            return hasValue ? key.stream().collect(Collectors.joining(",")) + values : null;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public String next() {
            String row = next;
            if (row == null) {
                throw new NoSuchElementException();
            }
            advance();
            return row;
        }
    }
}
