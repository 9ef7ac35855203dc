package io.weir.app.replay.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.replay.input.FileFormat;
import io.weir.app.replay.input.PastEvents;
import io.weir.app.replay.input.RowCounts;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Outcome;
import io.weir.domain.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
    @TempDir
    Path directory;

    @Test
    void whatTheReaderRejectedCountsAsReadAndRejected() throws IOException {
        Ledger pipeline = new Ledger();
        pipeline.add(EventType.VISIT, Outcome.ACCEPTED, 10);
        pipeline.add(EventType.VISIT, Outcome.DUPLICATE, 1);
        pipeline.add(EventType.VISIT, Outcome.LATE, 2);
        pipeline.countRejected(EventType.PAYMENT, Rejection.QUANTITY_BELOW_ONE);
        RowCounts rows = rows("""
                type,id,visitor_id,product_id,quantity,order_id,event_time
                visit,v1,u1,p1,,,
                payment,m1,u1,p1,1,o1,1000
                swan,x,u1,p1,,,1000
                """);

        Summary summary = Summary.of(pipeline, rows, 2, Revenue.RECORDED);
        summary.write(directory.resolve("summary.json"));

        assertThat(Files.readString(directory.resolve("summary.json"))).isEqualTo("""
                        {
                          "inputs" : {
                            "clicks" : {
                              "read" : 0,
                              "accepted" : 0,
                              "duplicate" : 0,
                              "late" : 0,
                              "rejected" : 0,
                              "rejected_by_reason" : { }
                            },
                            "visits" : {
                              "read" : 14,
                              "accepted" : 10,
                              "duplicate" : 1,
                              "late" : 2,
                              "rejected" : 1,
                              "rejected_by_reason" : {
                                "missing_event_time" : 1
                              }
                            },
                            "payments" : {
                              "read" : 2,
                              "accepted" : 0,
                              "duplicate" : 0,
                              "late" : 0,
                              "rejected" : 2,
                              "rejected_by_reason" : {
                                "missing_amount_micros" : 1,
                                "quantity_below_one" : 1
                              }
                            }
                          },
                          "unreadable_rows" : 1,
                          "skipped_rows" : { },
                          "events_per_second" : 8.0,
                          "seconds" : 2.000,
                          "revenue_assumed" : false
                        }
                        """);
        assertThat(pipeline.read()).as("the pipeline's own ledger").isEqualTo(14);
    }

    @Test
    void revenueIsAssumedWhenAPriceStandsInForThoseThatTheFormatLacks() {
        FileFormat taobao = FileFormat.named("taobao", 1, ZoneOffset.UTC);
        FileFormat weir = FileFormat.named("weir", 1, ZoneOffset.UTC);

        assertThat(Revenue.of(taobao, true)).isEqualTo(Revenue.ASSUMED);
        assertThat(Revenue.of(taobao, false)).isEqualTo(Revenue.UNKNOWN);
        assertThat(Revenue.of(weir, true)).isEqualTo(Revenue.RECORDED);
        assertThat(new Summary(new Ledger(), Map.of(), 0, 0, Revenue.ASSUMED).toJson())
                .contains("\"revenue_assumed\" : true", "\"events_per_second\" : 0.0");
    }

    @Test
    void skippedRowsAreNamedByKind() {
        Summary summary = new Summary(new Ledger(), Map.of("cart", 5_446L), 0, 1, Revenue.UNKNOWN);

        assertThat(summary.toJson()).contains("\"skipped_rows\" : {\n    \"cart\" : 5446\n  }");
    }

    private RowCounts rows(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("events.csv"), text);
        try (PastEvents events = new PastEvents(FileFormat.named("weir", 0, ZoneOffset.UTC), List.of(file))) {
            while (events.next() != null) {
                // Counting is all that is wanted.
            }
            return events.counts();
        }
    }
}
