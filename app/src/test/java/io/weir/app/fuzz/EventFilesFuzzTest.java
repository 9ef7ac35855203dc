package io.weir.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.app.replay.input.FileFormat;
import io.weir.app.replay.input.PastEvent;
import io.weir.app.replay.input.PastEvents;
import io.weir.app.replay.input.ReplayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Files of past events in every format. */
class EventFilesFuzzTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/London");

    static {
        ((Logger) LoggerFactory.getLogger(PastEvents.class)).setLevel(Level.OFF);
    }

    @TempDir
    static Path folder;

    /** The first byte says which format; the rest is the file. */
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "0type,id,order_id,visitor_id,product_id,source,campaign_id,click_id,quantity,amount_micros,"
                                + "cost_micros,event_time\n"
                                + "click,c1,,ann,mug,ads,spring,,,,100000,2026-03-02T10:00:00Z\n"
                                + "visit,v1,,ann,\"m\"\"u,\ng\",,,c1,,,,1772445600000\n"
                                + "payment,p1,o1,ann,mug,,,,2,9000000,,2026-03-02T12:00:00.123+02:00\n",
                        "17,2268318,2520377,pv,1511544070\n7,2268318,2520377,buy,1511544070\n7,1,2,cart,15115440\n",
                        "2event_time,event_type,product_id,price,user_id,user_session\n"
                                + "2019-11-01 00:00:05 UTC,view,1,2.55,7,s\n+999999999-01-01 00:00:00 UTC,purchase,1,1e9,7,\n",
                        "3timestamp,visitorid,event,itemid,transactionid\n"
                                + "1433221332117,257597,view,355908,\n1433221332118,1,transaction,2,4000\n",
                        "4InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
                                + "536365,85123A,6,2010-12-01 08:26:00,2.55,17850.0\nC1,2,-1,12/1/2010 8:26,1E-6,\n",
                        "0\uFEFFtype,id,visitor_id,product_id,event_time\r\na\",\"\na\",\"\n\n\"\"\"\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void rowsAreEventsOrPassedOver(byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            Path file = Files.write(folder.resolve("events"), Arrays.copyOfRange(bytes, 1, bytes.length));
            String format = FileFormat.labels()
                    .get(Math.floorMod(bytes[0] - '0', FileFormat.labels().size()));
            Bounds.hold(() -> read(format, file));
        }
    }

    private static void read(String format, Path file) {
        try (PastEvents events = new PastEvents(FileFormat.named(format, 1_000_000, ZONE), List.of(file))) {
            for (PastEvent event = events.next(); event != null; event = events.next()) {
                assertThat(event.value()).isNotNull();
            }
        } catch (ReplayException e) {
            assertThat(e.getMessage()).contains(file.toString());
        } catch (UncheckedIOException e) {
            throw new AssertionError("a file that cannot be read is a ReplayException", e);
        }
    }
}
