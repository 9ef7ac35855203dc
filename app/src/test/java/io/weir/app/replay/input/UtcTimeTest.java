package io.weir.app.replay.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UtcTimeTest {

    @Test
    void readsWhatTheFormatterReads() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            long ms = random.nextLong(253_402_300_800_000L);
            Instant instant = Instant.ofEpochMilli(i % 2 == 0 ? ms : ms - ms % 1_000);
            assertThat(UtcTime.parse(instant.toString())).as("%s", instant).isEqualTo(instant);
        }
    }

    @Test
    void leavesEverythingElseToTheFormatter() {
        for (String text : new String[] {
            "",
            "2025-12-31T09:00:00",
            "2025-12-31T09:00:00+01:00",
            "2025-12-31 09:00:00Z",
            "2025-12-31T09:00:00.0000Z",
            "2025-12-31T24:00:00Z",
            "2025-02-30T09:00:00Z",
            "2025-13-01T09:00:00Z",
            "２025-12-31T09:00:00Z",
            "2025-12-31T09:00:60Z",
            "2025-12-31T09:00:0:Z",
            "-025-12-31T09:00:00Z"
        }) {
            assertThat(UtcTime.parse(text)).as(text).isNull();
        }
    }

    @Test
    void neverReadsWhatTheFormatterRefuses() {
        Random random = new Random(2);
        String digits = "0123456789";
        for (int i = 0; i < 200_000; i++) {
            char[] text = "2025-12-31T09:00:00.000Z".toCharArray();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                text[random.nextInt(text.length)] = digits.charAt(random.nextInt(digits.length()));
            }
            String changed = new String(text);
            Instant read = UtcTime.parse(changed);
            if (read != null) {
                assertThat(read).isEqualTo(parsed(changed));
            }
        }
    }

    private static Instant parsed(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
