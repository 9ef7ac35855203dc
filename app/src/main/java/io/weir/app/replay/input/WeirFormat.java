package io.weir.app.replay.input;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Weir's own event files: a header with the {@link #COLUMNS} in any order, one event a row, unknown columns ignored.
 * {@code event_time} is ISO-8601 with an offset or epoch milliseconds; a blank cell is an absent field, and so is every
 * cell of a column that is not there, as long as every type of event has its id, visitor, product and time.
 */
final class WeirFormat implements FileFormat {
    static final List<String> COLUMNS = List.of(
            "type",
            "id",
            "order_id",
            "visitor_id",
            "product_id",
            "source",
            "campaign_id",
            "click_id",
            "quantity",
            "amount_micros",
            "cost_micros",
            "event_time");

    @Override
    public String label() {
        return "weir";
    }

    @Override
    public boolean hasPrices() {
        return true;
    }

    @Override
    public RowMapper open(CsvRows rows, String file, int fileIndex) {
        return new Mapper(Header.read(rows, file, label()));
    }

    private static final class Mapper implements RowMapper {
        private final int columns;
        private final int type;
        private final int id;
        private final int orderId;
        private final int visitorId;
        private final int productId;
        private final int source;
        private final int campaignId;
        private final int clickId;
        private final int quantity;
        private final int amountMicros;
        private final int costMicros;
        private final int eventTime;

        Mapper(Header header) {
            columns = header.columns();
            type = header.required("type");
            id = header.required("id");
            orderId = header.optional("order_id");
            visitorId = header.required("visitor_id");
            productId = header.required("product_id");
            source = header.optional("source");
            campaignId = header.optional("campaign_id");
            clickId = header.optional("click_id");
            quantity = header.optional("quantity");
            amountMicros = header.optional("amount_micros");
            costMicros = header.optional("cost_micros");
            eventTime = header.required("event_time");
            header.check();
        }

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public Row map(long line, List<String> cells) {
            return switch (cells.get(type).strip().toLowerCase(Locale.ROOT)) {
                case "click" -> click(cells);
                case "visit" -> visit(cells);
                case "payment" -> payment(cells);
                default ->
                    throw new UnreadableCellException("type", cells.get(type), "is none of click, visit, payment");
            };
        }

        private Row click(List<String> cells) {
            Long cost = Cells.wholeNumber("cost_micros", Header.cell(cells, costMicros));
            Instant time = Cells.isoOrEpochMillis("event_time", cells.get(eventTime));
            return RowDraft.click(
                    Cells.text(cells.get(id)),
                    Cells.text(cells.get(visitorId)),
                    Cells.text(cells.get(productId)),
                    Cells.text(Header.cell(cells, source)),
                    Cells.optional(Header.cell(cells, campaignId)),
                    cost,
                    time);
        }

        private Row visit(List<String> cells) {
            return RowDraft.visit(
                    Cells.text(cells.get(id)),
                    Cells.text(cells.get(visitorId)),
                    Cells.text(cells.get(productId)),
                    Cells.optional(Header.cell(cells, source)),
                    Cells.optional(Header.cell(cells, campaignId)),
                    Cells.optional(Header.cell(cells, clickId)),
                    Cells.isoOrEpochMillis("event_time", cells.get(eventTime)));
        }

        private Row payment(List<String> cells) {
            return RowDraft.payment(
                    Cells.text(cells.get(id)),
                    Cells.text(Header.cell(cells, orderId)),
                    Cells.text(cells.get(visitorId)),
                    Cells.text(cells.get(productId)),
                    Cells.wholeNumber("quantity", Header.cell(cells, quantity)),
                    Cells.wholeNumber("amount_micros", Header.cell(cells, amountMicros)),
                    Cells.isoOrEpochMillis("event_time", cells.get(eventTime)));
        }
    }
}
