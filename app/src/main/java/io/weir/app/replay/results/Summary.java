package io.weir.app.replay.results;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.app.replay.input.RowCounts;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Outcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a replay has done, for {@code summary.json}.
 *
 * @param ledger every event read from the files, also those that could not be published for want of a number or a time
 * @param skippedRows rows that Weir has no figure for, by kind
 * @param unreadableRows rows that are no event of a known type
 * @param seconds wall time from the first row read to the last result
 */
public record Summary(
        Ledger ledger, Map<String, Long> skippedRows, long unreadableRows, double seconds, Revenue revenue) {

    /**
     * @param pipeline what became of the events that were published; not changed
     * @param rows what the rows of the files were
     */
    public static Summary of(Ledger pipeline, RowCounts rows, double seconds, Revenue revenue) {
        Ledger all = new Ledger();
        all.add(pipeline);
        all.add(rows.rejected());
        return new Summary(all, new TreeMap<>(rows.skippedByKind()), rows.unreadable(), seconds, revenue);
    }

    /** Events read ÷ seconds; 0 when no time has passed. */
    public double eventsPerSecond() {
        return seconds > 0 ? ledger.read() / seconds : 0;
    }

    /** @throws io.weir.app.replay.input.ReplayException if the file cannot be written */
    public void write(Path file) {
        ResultFile.write(file, out -> out.write(toJson()));
    }

    /** Indented JSON with a line end after it. */
    String toJson() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode inputs = root.putObject("inputs");
        for (EventType input : EventType.values()) {
            describe(input, inputs.putObject(input.plural()));
        }
        root.put("unreadable_rows", unreadableRows);
        ObjectNode skipped = root.putObject("skipped_rows");
        skippedRows.forEach(skipped::put);
        root.put("events_per_second", rounded(eventsPerSecond(), 1));
        root.put("seconds", rounded(seconds, 3));
        root.put("revenue_assumed", revenue == Revenue.ASSUMED);
        return root.toPrettyString().replace("\r\n", "\n") + "\n";
    }

    private void describe(EventType input, ObjectNode json) {
        json.put("read", ledger.read(input));
        for (Outcome outcome : Outcome.values()) {
            json.put(outcome.label(), ledger.get(input, outcome));
        }
        ObjectNode reasons = json.putObject("rejected_by_reason");
        ledger.rejectedByReason(input).forEach((reason, count) -> reasons.put(reason.label(), count));
    }

    private static BigDecimal rounded(double number, int decimals) {
        return BigDecimal.valueOf(number).setScale(decimals, RoundingMode.HALF_EVEN);
    }
}
