package io.weir.app.replay.input;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Alibaba's "UserBehavior" (Tianchi data set 649): {@code user,item,category,behaviour,epoch_seconds} without a header.
 * {@code pv} is a visit without a source, {@code buy} the payment of one unit; {@code cart} and {@code fav} are skipped.
 * There are neither prices nor order ids: every {@code buy} is an order of its own.
 */
final class TaobaoFormat implements FileFormat {
    /** Nine digits of seconds begin in 1973; fewer are a line that was cut off. */
    private static final int MIN_DIGITS = 9;

    private final long priceMicros;

    TaobaoFormat(long priceMicros) {
        this.priceMicros = priceMicros;
    }

    @Override
    public String label() {
        return "taobao";
    }

    @Override
    public boolean hasPrices() {
        return false;
    }

    @Override
    public RowMapper open(CsvRows rows, String file, int fileIndex) {
        return new Mapper(fileIndex);
    }

    private final class Mapper implements RowMapper {
        private final int fileIndex;

        Mapper(int fileIndex) {
            this.fileIndex = fileIndex;
        }

        @Override
        public int columns() {
            return 5;
        }

        @Override
        public Row map(long line, List<String> cells) {
            String visitorId = Cells.text(cells.get(0));
            String productId = Cells.text(cells.get(1));
            String behaviour = cells.get(3).strip();
            Instant time = time(cells.get(4));
            String id = FileFormat.rowId(fileIndex, line);
            return switch (behaviour) {
                case "pv" -> RowDraft.visit(id, visitorId, productId, null, null, null, time);
                case "buy" -> RowDraft.payment(id, id, visitorId, productId, 1L, priceMicros, time);
                case "cart", "fav" -> new Row.Skipped(behaviour);
                default -> throw new UnreadableCellException("behaviour", behaviour, "is none of pv, buy, cart, fav");
            };
        }

        private static @Nullable Instant time(String cell) {
            Long seconds = Cells.epoch("epoch_seconds", cell, MIN_DIGITS);
            try {
                return seconds == null ? null : Instant.ofEpochMilli(Math.multiplyExact(seconds, 1000L));
            } catch (ArithmeticException e) {
                throw new UnreadableCellException("epoch_seconds", cell, "is too large for a time");
            }
        }
    }
}
