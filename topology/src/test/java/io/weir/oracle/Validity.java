package io.weir.oracle;

import io.weir.domain.Rejection;

/** Whether a row is a valid event at all. */
final class Validity {

    private Validity() {}

    /** The first fault of the row in the order of {@link Rejection}, null when it has none. */
    static Rejection rejectionOf(EventRow row, OracleSettings settings) {
        return switch (row.type()) {
            case EventRow.CLICK ->
                firstOf(
                        missingInAny(row),
                        when(row.source() == null, Rejection.MISSING_SOURCE),
                        when(row.costMicros() == null, Rejection.MISSING_COST),
                        when(row.timeMs() == null, Rejection.MISSING_EVENT_TIME),
                        when(isBelow(0, row.costMicros()), Rejection.NEGATIVE_COST),
                        inFuture(row, settings));
            case EventRow.VISIT ->
                firstOf(
                        missingInAny(row),
                        when(row.timeMs() == null, Rejection.MISSING_EVENT_TIME),
                        inFuture(row, settings));
            case EventRow.PAYMENT ->
                firstOf(
                        missingInAny(row),
                        when(row.orderId() == null, Rejection.MISSING_ORDER_ID),
                        when(row.quantity() == null, Rejection.MISSING_QUANTITY),
                        when(row.amountMicros() == null, Rejection.MISSING_AMOUNT),
                        when(row.timeMs() == null, Rejection.MISSING_EVENT_TIME),
                        when(isBelow(0, row.amountMicros()), Rejection.NEGATIVE_AMOUNT),
                        when(isBelow(1, row.quantity()), Rejection.QUANTITY_BELOW_ONE),
                        inFuture(row, settings));
            default -> throw new IllegalArgumentException("no event has the type " + row.type());
        };
    }

    private static Rejection missingInAny(EventRow row) {
        return firstOf(
                when(row.id() == null, Rejection.MISSING_ID),
                when(row.visitorId() == null, Rejection.MISSING_VISITOR_ID),
                when(row.productId() == null, Rejection.MISSING_PRODUCT_ID));
    }

    private static Rejection inFuture(EventRow row, OracleSettings settings) {
        return when(row.timeMs() != null && row.timeMs() > settings.latestTimeMs(), Rejection.EVENT_TIME_IN_FUTURE);
    }

    private static boolean isBelow(long least, Long value) {
        return value != null && value < least;
    }

    private static Rejection when(boolean fault, Rejection rejection) {
        return fault ? rejection : null;
    }

    private static Rejection firstOf(Rejection... rejections) {
        for (Rejection rejection : rejections) {
            if (rejection != null) {
                return rejection;
            }
        }
        return null;
    }
}
