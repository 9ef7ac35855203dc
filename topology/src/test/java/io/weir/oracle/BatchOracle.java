package io.weir.oracle;

import io.weir.domain.RollingWindow;
import io.weir.domain.WindowSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
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
 * line break in it makes a line of several.
 *
 * <p>All methods throw {@link IllegalStateException} if a sum leaves the range of {@code long}.
 */
public final class BatchOracle {

    /** The first line of {@code windows.csv}. */
    public static final String HEADER = "window,window_start,dimension,product_id,source,campaign_id,"
            + "clicks,cost_micros,landings,visits,visitors,payments,buyers,units,revenue_micros,"
            + "halo_payments,halo_revenue_micros";

    private static final String QUERY = resource("windows.sql");

    private final DuckDBConnection connection;

    private BatchOracle(DuckDBConnection connection) {
        this.connection = connection;
    }

    /**
     * Events that count, with settings of their own.
     *
     * @param accepted in any order, without blank texts
     */
    public record Story(List<EventRow> accepted, OracleSettings settings, List<Windows> windows) {

        public Story(List<EventRow> accepted, OracleSettings settings) {
            this(
                    accepted,
                    settings,
                    settings.windows().stream().map(Windows::of).toList());
        }
    }

    /**
     * Windows of one size, one behind the other.
     *
     * @param sizeMs null for calendar days
     * @param offsetMs where one of them starts
     */
    public record Windows(String label, Long sizeMs, long offsetMs) {

        static Windows endingAt(String label, long sizeMs, long endMs) {
            return new Windows(label, sizeMs, Math.floorMod(endMs, sizeMs));
        }

        static Windows of(WindowSize size) {
            return new Windows(size.label(), BatchOracle.sizeMs(size), 0);
        }
    }

    /**
     * What the rolling windows that end at {@code endMs} hold: each line begins with a rolling window's label, then
     * follow the columns from the dimension on.
     */
    public static List<String> rollingCsv(Acceptance acceptance, OracleSettings settings, long endMs) {
        List<Windows> windows = new ArrayList<>();
        for (RollingWindow rolling : RollingWindow.values()) {
            windows.add(Windows.endingAt(rolling.label(), rolling.minutes() * 60_000L, endMs));
        }
        return endingAt(endMs, windows, acceptance, settings);
    }

    /** What {@code [startMs, endMs)} holds: the columns from the dimension on, behind an empty one. */
    public static List<String> spanCsv(Acceptance acceptance, OracleSettings settings, long startMs, long endMs) {
        return endingAt(endMs, List.of(Windows.endingAt("", endMs - startMs, endMs)), acceptance, settings);
    }

    private static List<String> endingAt(
            long endMs, List<Windows> windows, Acceptance acceptance, OracleSettings settings) {
        List<String> ending = new ArrayList<>();
        for (String line : windowsCsvOfEach(List.of(new Story(acceptance.accepted(), settings, windows)))
                .get(0)) {
            String[] cells = line.split(",", 3);
            for (Windows window : windows) {
                Instant start = Instant.ofEpochMilli(endMs - window.sizeMs());
                if (cells[0].equals(window.label()) && cells[1].equals(start.toString())) {
                    ending.add(cells[0] + "," + cells[2]);
                }
            }
        }
        return ending;
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
        return windowsCsvOfEach(List.of(new Story(acceptance.accepted(), settings)))
                .get(0);
    }

    /** The lines of each story, in the order of the stories: some fifty times faster than one by one when small. */
    public static List<List<String>> windowsCsvOfEach(List<Story> stories) {
        try (DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:")) {
            BatchOracle oracle = new BatchOracle(connection);
            oracle.createTables();
            oracle.fillSettings(stories);
            oracle.fillEvents(stories);
            oracle.fillDays(stories);
            return oracle.query(stories.size());
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot compute the windows", e);
        }
    }

    /** The whole text of the file with these lines. */
    public static String file(List<String> lines) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private void createTables() throws SQLException {
        execute("CREATE TABLE events (story INTEGER, kind TINYINT, id VARCHAR, visitor_id VARCHAR, product_id VARCHAR,"
                + " source VARCHAR, campaign_id VARCHAR, click_id VARCHAR, quantity BIGINT, amount_micros BIGINT,"
                + " cost_micros BIGINT, event_time BIGINT)");
        execute("CREATE TABLE settings (story INTEGER, landing_ms BIGINT, attribution_ms BIGINT)");
        execute("CREATE TABLE windows (story INTEGER, label VARCHAR, size_ms BIGINT, offset_ms BIGINT)");
        execute("CREATE TABLE days (story INTEGER, from_ms BIGINT, day_start BIGINT)");
    }

    private void fillEvents(List<Story> stories) throws SQLException {
        try (DuckDBAppender appender = appender("events")) {
            for (int i = 0; i < stories.size(); i++) {
                for (EventRow row : stories.get(i).accepted()) {
                    append(appender, i, row);
                }
            }
        }
    }

    private static void append(DuckDBAppender appender, int story, EventRow row) throws SQLException {
        appender.beginRow()
                .append(story)
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

    private void fillSettings(List<Story> stories) throws SQLException {
        try (DuckDBAppender settings = appender("settings");
                DuckDBAppender windows = appender("windows")) {
            for (int i = 0; i < stories.size(); i++) {
                appendSettings(settings, i, stories.get(i).settings());
                appendWindows(windows, i, stories.get(i).windows());
            }
        }
    }

    private static void appendSettings(DuckDBAppender appender, int story, OracleSettings settings)
            throws SQLException {
        appender.beginRow()
                .append(story)
                .append(settings.landingWindow().toMillis())
                .append(settings.attributionWindow().toMillis())
                .endRow();
    }

    private static void appendWindows(DuckDBAppender appender, int story, List<Windows> all) throws SQLException {
        for (Windows windows : all) {
            appender.beginRow()
                    .append(story)
                    .append(windows.label())
                    .append(windows.sizeMs())
                    .append(windows.offsetMs())
                    .endRow();
        }
    }

    private static Long sizeMs(WindowSize size) {
        return switch (size) {
            case MINUTE -> 60_000L;
            case HOUR -> 3_600_000L;
            case DAY -> null;
        };
    }

    private void fillDays(List<Story> stories) throws SQLException {
        try (DuckDBAppender appender = appender("days")) {
            for (int i = 0; i < stories.size(); i++) {
                for (CalendarDays.Stretch stretch : days(stories.get(i))) {
                    appender.beginRow()
                            .append(i)
                            .append(stretch.fromMs())
                            .append(stretch.dayStartMs())
                            .endRow();
                }
            }
        }
    }

    private static List<CalendarDays.Stretch> days(Story story) {
        LongSummaryStatistics times =
                story.accepted.stream().mapToLong(EventRow::timeMs).summaryStatistics();
        return times.getCount() == 0
                ? List.of()
                : CalendarDays.covering(story.settings.zone(), times.getMin(), times.getMax());
    }

    private List<List<String>> query(int stories) throws SQLException {
        List<List<String>> lines = new ArrayList<>();
        for (int i = 0; i < stories; i++) {
            lines.add(new ArrayList<>());
        }
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(QUERY)) {
            int columns = results.getMetaData().getColumnCount();
            while (results.next()) {
                lines.get(results.getInt("story")).add(line(results, columns));
            }
        }
        return lines;
    }

    /** The line of a result row, whose first column is the story. */
    private static String line(ResultSet results, int columns) throws SQLException {
        StringJoiner line = new StringJoiner(",");
        for (int column = 2; column <= columns; column++) {
            line.add(quoted(results.getString(column)));
        }
        return line.toString();
    }

    private static String quoted(String text) {
        boolean needed = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return needed ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private DuckDBAppender appender(String table) throws SQLException {
        return connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table);
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
