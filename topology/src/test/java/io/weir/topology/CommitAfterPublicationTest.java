package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.serde.VisitorNames;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was published is in an open transaction: the totals see it when that is committed. */
class CommitAfterPublicationTest {
    private static final Instant TEN = Instant.parse("2026-01-05T10:00:00Z");
    private static final long TEN_MS = TEN.toEpochMilli();

    private final JourneysDriver journeys = new JourneysDriver(OracleSettings.DEFAULT, TEN);
    private int visits = 0;

    private boolean visitAndPublish(long afterMs) {
        visits++;
        journeys.sendAll(
                List.of(EventRow.visit("v" + visits, "ann", "mug", null, null, null, TEN_MS - 1_000 + visits)));
        return journeys.publish(TEN_MS + afterMs);
    }

    @Test
    void aPublicationAsksForACommitAtMostTwiceASecond() {
        journeys.startWith(VisitorNames.asTheyCome());
        assertThat(visitAndPublish(0)).isTrue();
        assertThat(visitAndPublish(200)).isFalse();
        assertThat(visitAndPublish(400)).isFalse();
        assertThat(visitAndPublish(600)).isTrue();
        assertThat(visitAndPublish(800)).isFalse();
        assertThat(visitAndPublish(1_000)).isTrue();
    }

    @Test
    void whereNothingIsPublishedNoCommitIsAskedFor() {
        journeys.startWith(VisitorNames.asTheyCome());
        assertThat(visitAndPublish(0)).isTrue();
        assertThat(journeys.publish(TEN_MS + 1_000)).isFalse();
    }
}
