package io.weir.app.refused;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusedTextTest {
    @Test
    void noTextOfARecordCanSteerTheTerminalOrFillIt() {
        assertThat(RefusedText.plain("mug\u001b[2J\r\n\u009b\u202e杯子"))
                .isEqualTo("mug\\u{1B}[2J\\u{D}\\u{A}\\u{9B}\\u{202E}杯子");
        assertThat(RefusedText.plain("x".repeat(1_000_000)))
                .startsWith("xxx")
                .endsWith("… (1000000 characters)")
                .hasSizeLessThan(300);
    }
}
