package io.weir.app.replay.input;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * REES46's "eCommerce behavior data": a header with {@code event_time,event_type,product_id,price,user_id,user_session}
 * among others, times like {@code 2019-11-01 00:00:00 UTC}. {@code view} is a visit without a source, {@code purchase}
 * the payment of one unit at its price, in an order named after the session; {@code cart} and {@code remove_from_cart}
 * are skipped. There are no event ids.
 */
final class Rees46Format implements FileFormat {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    @Override
    public String label() {
        return "rees46";
    }

    @Override
    public boolean hasPrices() {
        return true;
    }

    @Override
    public RowMapper open(CsvRows rows, String file, int fileIndex) {
        return new Mapper(Header.read(rows, file, label()), fileIndex);
    }

    private static final class Mapper implements RowMapper {
        private final int fileIndex;
        private final int columns;
        private final int eventTime;
        private final int eventType;
        private final int productId;
        private final int price;
        private final int userId;
        private final int userSession;

        Mapper(Header header, int fileIndex) {
            this.fileIndex = fileIndex;
            columns = header.columns();
            eventTime = header.required("event_time");
            eventType = header.required("event_type");
            productId = header.required("product_id");
            price = header.required("price");
            userId = header.required("user_id");
            userSession = header.required("user_session");
            header.check();
        }

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public Row map(long line, List<String> cells) {
            String type = cells.get(eventType).strip();
            String id = FileFormat.rowId(fileIndex, line);
            String visitorId = Cells.text(cells.get(userId));
            String product = Cells.text(cells.get(productId));
            return switch (type) {
                case "view" -> RowDraft.visit(id, visitorId, product, null, null, null, time(cells.get(eventTime)));
                case "purchase" -> {
                    String session = Cells.text(cells.get(userSession));
                    String orderId = session.isEmpty() ? id : session;
                    Long amount = amountMicros(cells.get(price));
                    yield RowDraft.payment(id, orderId, visitorId, product, 1L, amount, time(cells.get(eventTime)));
                }
                case "cart", "remove_from_cart" -> new Row.Skipped(type);
                default ->
                    throw new UnreadableCellException(
                            "event_type", type, "is none of view, cart, purchase, remove_from_cart");
            };
        }

        private static @Nullable Long amountMicros(String cell) {
            BigDecimal amount = Cells.decimal("price", cell);
            try {
                return amount == null ? null : Micros.exactly(amount);
            } catch (ArithmeticException e) {
                throw new UnreadableCellException("price", cell, "is no exact number of millionths");
            }
        }

        private static @Nullable Instant time(String cell) {
            if (cell.isBlank()) {
                return null;
            }
            try {
                return Cells.inMillis(LocalDateTime.parse(cell.strip(), TIME).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException | ArithmeticException e) {
                throw new UnreadableCellException("event_time", cell, "is no time like 2019-11-01 00:00:00 UTC");
            }
        }
    }
}
