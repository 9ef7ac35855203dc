package io.weir.app.replay.input;

import java.time.Instant;
import java.util.List;

/**
 * Retailrocket's "recommender system dataset": a header with {@code timestamp,visitorid,event,itemid,transactionid},
 * epoch milliseconds. {@code view} is a visit without a source, {@code transaction} the payment of one unit;
 * {@code addtocart} is skipped. There are neither prices nor event ids.
 */
final class RetailrocketFormat implements FileFormat {
    /** Twelve digits of milliseconds begin in 1973. */
    private static final int MIN_DIGITS = 12;

    private final long priceMicros;

    RetailrocketFormat(long priceMicros) {
        this.priceMicros = priceMicros;
    }

    @Override
    public String label() {
        return "retailrocket";
    }

    @Override
    public boolean hasPrices() {
        return false;
    }

    @Override
    public RowMapper open(CsvRows rows, String file, int fileIndex) {
        return new Mapper(Header.read(rows, file, label()), fileIndex);
    }

    private final class Mapper implements RowMapper {
        private final int fileIndex;
        private final int columns;
        private final int timestamp;
        private final int visitorId;
        private final int event;
        private final int itemId;
        private final int transactionId;

        Mapper(Header header, int fileIndex) {
            this.fileIndex = fileIndex;
            columns = header.columns();
            timestamp = header.required("timestamp");
            visitorId = header.required("visitorid");
            event = header.required("event");
            itemId = header.required("itemid");
            transactionId = header.required("transactionid");
            header.check();
        }

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public Row map(long line, List<String> cells) {
            String kind = cells.get(event).strip();
            String id = FileFormat.rowId(fileIndex, line);
            String visitor = Cells.text(cells.get(visitorId));
            String product = Cells.text(cells.get(itemId));
            Long ms = Cells.epoch("timestamp", cells.get(timestamp), MIN_DIGITS);
            Instant time = ms == null ? null : Instant.ofEpochMilli(ms);
            return switch (kind) {
                case "view" -> RowDraft.visit(id, visitor, product, null, null, null, time);
                case "transaction" -> {
                    String orderId = Cells.text(cells.get(transactionId));
                    yield RowDraft.payment(id, orderId, visitor, product, 1L, priceMicros, time);
                }
                case "addtocart" -> new Row.Skipped(kind);
                default -> throw new UnreadableCellException("event", kind, "is none of view, addtocart, transaction");
            };
        }
    }
}
