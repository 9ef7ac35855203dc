package io.weir.oracle;

import io.weir.domain.WindowSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.StringJoiner;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Computes {@code windows.csv} in one batch from events, with SQL on an embedded DuckDB; see {@code windows.sql}.
 *
 * <p>Lines are without header and line end, quoted as RFC 4180 wants it and no more, in the file's order. A name with a
 * line break in it makes a line of several. An oracle holds one database and can be asked again and again; it is not
 * thread-safe. The static methods make one, ask and close it.
 */
public final class BatchOracle implements AutoCloseable {

    /** The first line of {@code windows.csv}. */
    public static final String HEADER = "window,window_start,dimension,product_id,source,campaign_id,"
            + "clicks,cost_micros,landings,visits,visitors,payments,buyers,units,revenue_micros,"
            + "halo_payments,halo_revenue_micros";

    private static final String QUERY = resource("windows.sql");

    private final DuckDBConnection connection;

    public BatchOracle() {
        try {
            connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET threads = 1");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not start", e);
        }
    }

    /** The lines when every valid event counts, of duplicates the first: what replay in time order must give. */
    public static List<String> windowsCsv(List<EventRow> arrivals, OracleSettings settings) {
        return windowsCsv(Acceptance.ofAll(arrivals, settings), settings);
    }

    /** The lines when the events came in this order on one partition, so that late ones do not count. */
    public static List<String> windowsCsvInArrivalOrder(List<EventRow> arrivals, OracleSettings settings) {
        return windowsCsv(Acceptance.inArrivalOrder(arrivals, settings), settings);
    }

    /** The lines of the accepted events, which may be those of several partitions. */
    public static List<String> windowsCsv(Acceptance acceptance, OracleSettings settings) {
        try (BatchOracle oracle = new BatchOracle()) {
            return oracle.windowsOf(acceptance.accepted(), settings);
        }
    }

    /** The whole text of the file with these lines. */
    public static String file(List<String> lines) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /**
     * The lines of accepted events, in any order, without blank texts.
     *
     * @throws IllegalStateException if a sum leaves the range of {@code long}, or DuckDB fails
     */
    public List<String> windowsOf(List<EventRow> accepted, OracleSettings settings) {
        if (accepted.isEmpty()) {
            return List.of();
        }
        try {
            fillEvents(accepted);
            fillSettings(settings);
            fillDays(accepted, settings);
            return query();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot compute the windows", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not close", e);
        }
    }

    private void fillEvents(List<EventRow> rows) throws SQLException {
        execute("CREATE OR REPLACE TABLE events (kind TINYINT, id VARCHAR, visitor_id VARCHAR, product_id VARCHAR,"
                + " source VARCHAR, campaign_id VARCHAR, click_id VARCHAR, quantity BIGINT, amount_micros BIGINT,"
                + " cost_micros BIGINT, event_time BIGINT)");
        try (DuckDBAppender appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "events")) {
            for (EventRow row : rows) {
                append(appender, row);
            }
        }
    }

    private static void append(DuckDBAppender appender, EventRow row) throws SQLException {
        appender.beginRow()
                .append(kind(row))
                .append(row.id())
                .append(row.visitorId())
                .append(row.productId())
                .append(row.source())
                .append(row.campaignId())
                .append(row.clickId())
                .append(row.quantity())
                .append(row.amountMicros())
                .append(row.costMicros())
                .append(row.timeMs())
                .endRow();
    }

    private static byte kind(EventRow row) {
        return switch (row.type()) {
            case EventRow.CLICK -> 0;
            case EventRow.VISIT -> 1;
            case EventRow.PAYMENT -> 2;
            default -> throw new IllegalArgumentException("no event has the type " + row.type());
        };
    }

    private void fillSettings(OracleSettings settings) throws SQLException {
        execute("CREATE OR REPLACE TABLE settings (landing_ms BIGINT, attribution_ms BIGINT)");
        execute("INSERT INTO settings VALUES (" + settings.landingWindow().toMillis() + ", "
                + settings.attributionWindow().toMillis() + ")");
        execute("CREATE OR REPLACE TABLE windows (label VARCHAR, size_ms BIGINT)");
        for (WindowSize size : settings.windows()) {
            execute("INSERT INTO windows VALUES (" + windowRow(size) + ")");
        }
    }

    private static String windowRow(WindowSize size) {
        return switch (size) {
            case MINUTE -> "'1m', 60000";
            case HOUR -> "'1h', 3600000";
            case DAY -> "'1d', NULL";
        };
    }

    private void fillDays(List<EventRow> rows, OracleSettings settings) throws SQLException {
        LongSummaryStatistics times = rows.stream().mapToLong(EventRow::timeMs).summaryStatistics();
        execute("CREATE OR REPLACE TABLE days (from_ms BIGINT, day_start BIGINT)");
        try (DuckDBAppender appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "days")) {
            for (CalendarDays.Stretch stretch :
                    CalendarDays.covering(settings.zone(), times.getMin(), times.getMax())) {
                appender.beginRow()
                        .append(stretch.fromMs())
                        .append(stretch.dayStartMs())
                        .endRow();
            }
        }
    }

    private List<String> query() throws SQLException {
        List<String> lines = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(QUERY);
                ResultSet results = statement.executeQuery()) {
            int columns = results.getMetaData().getColumnCount();
            while (results.next()) {
                lines.add(line(results, columns));
            }
        }
        return lines;
    }

    private static String line(ResultSet results, int columns) throws SQLException {
        StringJoiner line = new StringJoiner(",");
        for (int column = 1; column <= columns; column++) {
            line.add(quoted(results.getString(column)));
        }
        return line.toString();
    }

    private static String quoted(String text) {
        boolean needed = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return needed ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String resource(String name) {
        try (InputStream stream = BatchOracle.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
