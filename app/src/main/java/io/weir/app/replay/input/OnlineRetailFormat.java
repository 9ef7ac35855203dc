package io.weir.app.replay.input;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * UCI's "Online Retail": the order lines of a shop, without visits. A header with
 * {@code InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID} among others, or the names of its second edition.
 *
 * <p>Every line is a payment of quantity × unit price; lines of equal content are different payments. Cancellations,
 * whose InvoiceNo starts with C, are skipped. A line without a customer belongs to an anonymous visitor of its invoice.
 * InvoiceDate is local time; a time that the clocks skip is moved ahead by the gap, and of one that they repeat the
 * first is meant.
 */
final class OnlineRetailFormat implements FileFormat {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "[uuuu-MM-dd H:mm:ss][uuuu-MM-dd H:mm][M/d/uuuu H:mm]", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private final ZoneId zone;

    OnlineRetailFormat(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public String label() {
        return "online-retail";
    }

    @Override
    public boolean hasPrices() {
        return true;
    }

    @Override
    public RowMapper open(CsvRows rows, String file, int fileIndex) {
        return new Mapper(Header.read(rows, file, label()), fileIndex);
    }

    private final class Mapper implements RowMapper {
        private final int fileIndex;
        private final int columns;
        private final int invoiceNo;
        private final int stockCode;
        private final int quantity;
        private final int invoiceDate;
        private final int unitPrice;
        private final int customerId;

        Mapper(Header header, int fileIndex) {
            this.fileIndex = fileIndex;
            columns = header.columns();
            invoiceNo = header.required("InvoiceNo", "Invoice");
            stockCode = header.required("StockCode");
            quantity = header.required("Quantity");
            invoiceDate = header.required("InvoiceDate");
            unitPrice = header.required("UnitPrice", "Price");
            customerId = header.required("CustomerID", "Customer ID");
            header.check();
        }

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public Row map(long line, List<String> cells) {
            String invoice = Cells.text(cells.get(invoiceNo).strip());
            if (invoice.startsWith("C") || invoice.startsWith("c")) {
                return new Row.Skipped("cancellation");
            }
            Long units = wholeUnits(cells.get(quantity));
            BigDecimal price = Cells.decimal("UnitPrice", cells.get(unitPrice));
            return RowDraft.payment(
                    FileFormat.rowId(fileIndex, line),
                    invoice,
                    visitorId(cells.get(customerId), invoice),
                    Cells.text(cells.get(stockCode)),
                    units,
                    units == null || price == null ? null : amountMicros(units, price, cells.get(unitPrice)),
                    time(cells.get(invoiceDate)));
        }

        private static @Nullable Long wholeUnits(String cell) {
            BigDecimal units = Cells.decimal("Quantity", cell);
            try {
                return units == null ? null : units.longValueExact();
            } catch (ArithmeticException e) {
                throw new UnreadableCellException("Quantity", cell, "is no whole number from -2^63 to 2^63-1");
            }
        }

        private static long amountMicros(long units, BigDecimal price, String cell) {
            try {
                return Micros.exactly(price.multiply(BigDecimal.valueOf(units)));
            } catch (ArithmeticException e) {
                throw new UnreadableCellException(
                        "UnitPrice", cell, "times the quantity " + units + " is no exact number of millionths");
            }
        }

        /** Spreadsheets write customer 17850 as {@code 17850.0}. */
        private static String visitorId(String cell, String invoice) {
            String customer = cell.strip();
            if (customer.isEmpty()) {
                return invoice.isEmpty() ? "" : "invoice-" + invoice;
            }
            return customer.endsWith(".0") ? customer.substring(0, customer.length() - 2) : customer;
        }

        private @Nullable Instant time(String cell) {
            if (cell.isBlank()) {
                return null;
            }
            try {
                return Cells.inMillis(
                        LocalDateTime.parse(cell.strip(), TIME).atZone(zone).toInstant());
            } catch (DateTimeException | ArithmeticException e) {
                throw new UnreadableCellException("InvoiceDate", cell, "is no time like 2010-12-01 08:26:00");
            }
        }
    }
}
