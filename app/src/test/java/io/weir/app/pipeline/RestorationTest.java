package io.weir.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestorationTest {
    private static final TopicPartition JOURNEYS = new TopicPartition("journeys-changelog", 0);
    private static final TopicPartition TOTALS = new TopicPartition("totals-changelog", 1);

    private final Restoration restoration = new Restoration();

    @Test
    void whatIsLeftOfAllChangelogsIsAddedUpUntilEachIsRead() {
        assertThat(restoration.remaining()).isZero();
        restoration.onRestoreStart(JOURNEYS, "journeys", 100, 1_100);
        restoration.onRestoreStart(TOTALS, "totals", 0, 50);
        assertThat(restoration.remaining()).isEqualTo(1_050);
        restoration.onBatchRestored(JOURNEYS, "journeys", 599, 500);
        assertThat(restoration.remaining()).isEqualTo(550);
        restoration.onRestoreEnd(JOURNEYS, "journeys", 1_000);
        assertThat(restoration.remaining()).isEqualTo(50);
        restoration.onRestoreSuspended(TOTALS, "totals", 0);
        assertThat(restoration.remaining()).isZero();
    }

    @Test
    void theGapsThatTransactionsLeaveInAChangelogDoNotStayBehind() {
        restoration.onRestoreStart(JOURNEYS, "journeys", 0, 100);
        restoration.onBatchRestored(JOURNEYS, "journeys", 99, 60);
        assertThat(restoration.remaining()).isZero();
    }
}
