package io.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class InstanceTest {
    @Test
    void whatStoppingMayTakeAddsUpToLessThanThirtySeconds() {
        assertThat(Instance.STOPS_WITHIN).isLessThan(Duration.ofSeconds(30));
    }
}
