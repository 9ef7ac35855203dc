package io.weir.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final FakeClock clock = new FakeClock(0);
    private final AtomicLong processed = new AtomicLong();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void readingShowsRowsOfAnEstimateRateAndTimeLeft() {
        Progress progress = progress(false);
        progress.beginReading();
        clock.nowMs = 2_000;
        progress.update(250_000, 0.25, 0);

        progress.draw();

        assertThat(shown()).isEqualTo("reading 250,000 of about 1,000,000 rows (25 %), 125,000/s, 6.0 s left\n");
    }

    @Test
    void publishingAlsoShowsHowFarTheResultsAreBehind() {
        Progress progress = progress(false);
        progress.beginPublishingEvents();
        clock.nowMs = 60_000;
        progress.update(600_000, 0.1, 600_000);
        processed.set(590_000);

        progress.draw();

        assertThat(shown())
                .isEqualTo("publishing 600,000 of 6,000,000 events (10 %), 10,000/s, 9 min 0 s left,"
                        + " results 10,000 events behind\n");
    }

    @Test
    void computingShowsWhatThePipelineHasDone() {
        Progress progress = progress(false);
        progress.beginPublishingEvents();
        progress.update(1_000, 1, 1_000);
        progress.awaitResults();
        shown.reset();
        clock.nowMs = 4_000;
        processed.set(400);

        progress.draw();
        processed.set(1_000);
        progress.close();

        assertThat(shown())
                .isEqualTo("computing 400 of 1,000 events (40 %), 100/s, 6.0 s left, results 600 events behind\n"
                        + "computed 1,000 events in 4.0 s (250/s)\n");
    }

    @Test
    void aTerminalHasOneLineThatIsDrawnAgain() {
        Progress progress = progress(true);
        progress.beginReading();
        clock.nowMs = 1_000;
        progress.update(10, 0.5, 0);

        progress.draw();
        progress.draw();
        progress.close();

        String line = "\r\u001B[Kreading 10 of about 20 rows (50 %), 10/s, 1.0 s left";
        assertThat(shown()).isEqualTo(line + line + "\r\u001B[Kread 10 rows in 1.0 s (10/s)\n");
    }

    @Test
    void nothingIsDrawnOutsideOfAPhase() {
        Progress progress = progress(false);

        progress.draw();
        progress.close();

        assertThat(shown()).isEmpty();
    }

    private Progress progress(boolean terminal) {
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        return new Progress(out, terminal, clock, processed::get, null);
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
