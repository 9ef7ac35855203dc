package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Tally;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.oracle.OracleSettings;
import io.weir.schema.WindowResult;
import io.weir.serde.EventReader;
import io.weir.serde.VisitorNames;
import io.weir.topology.Outgoing.Progressed;
import io.weir.topology.Outgoing.Publication;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A task whose transaction was aborted (a commit timed out, a broker was away for too long) is closed and revived: Kafka
 * Streams rolls its stores back and calls init again, on the same processors.
 */
class RevivedTaskTest {
    private static final long TEN = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();
    private static final byte[] KEY = new byte[0];

    @TempDir
    private java.io.File stateDir;

    private static PipelineSettings settings() {
        return PipelineDriver.settings(OracleSettings.DEFAULT.withWindows(WindowSize.MINUTE), 512 * 1024);
    }

    private <K, V> WriteBehindStore<K, V> emptyStore(String name, WriteBehindStore.Format<K, V> format) {
        return new WriteBehindStore<>(Stores.inMemoryKeyValueStore(name).get(), format, 100);
    }

    private static <C extends MockProcessorContext<?, ?>> C rolledBack(C context, WriteBehindStore<?, ?>... stores) {
        context.setCurrentSystemTimeMs(TEN);
        Stream.of(stores).forEach(context::addStateStore);
        return context;
    }

    private MockProcessorContext<byte[], SpecificRecord> totalsContext() {
        return rolledBack(
                new TotalsContext(stateDir),
                emptyStore(Names.TOTALS_STORE, new Formats.TotalRows()),
                emptyStore(Names.COME_BACKS_STORE, new Formats.ComeBackCounts()),
                emptyStore(Names.ROLLING_STORE, new Formats.Rolling()),
                emptyStore(Names.TOTALS_PROGRESS_STORE, new Formats.Progress()));
    }

    private static Record<byte[], Publication> row(long visits) {
        Tally tally = new Tally();
        tally.add(Measure.VISITS, visits);
        WindowKey key = new WindowKey(WindowSize.MINUTE, TEN, DimensionKey.TOTAL);
        return new Record<>(KEY, PublishedRows.of(0, key, tally), TEN);
    }

    private static Record<byte[], Publication> progress(long streamTimeMs) {
        PartitionProgress progress = new PartitionProgress(0);
        progress.advanceStreamTime(streamTimeMs);
        progress.setClock(streamTimeMs, false, Long.MAX_VALUE / 2);
        return new Record<>(KEY, new Progressed(progress), TEN);
    }

    @Test
    void windowsBecomeFinalAgainAfterTheAbortedOnesAndNotBefore() {
        TotalsProcessor totals = new TotalsProcessor(
                settings(), partition -> InputProbe.UNKNOWN, new NoListener(), new Pace(Pace.ROWS_AN_INTERVAL));

        MockProcessorContext<byte[], SpecificRecord> aborted = totalsContext();
        totals.init(aborted);
        assertThat(finalFlagsOfARowThatClosesLater(totals, aborted)).containsExactly(false, true);
        totals.close();
        assertThat(aborted.scheduledPunctuators()).allMatch(MockProcessorContext.CapturedPunctuator::cancelled);

        MockProcessorContext<byte[], SpecificRecord> revived = totalsContext();
        totals.init(revived);
        assertThat(finalFlagsOfARowThatClosesLater(totals, revived)).containsExactly(false, true);
    }

    private static List<Boolean> finalFlagsOfARowThatClosesLater(
            TotalsProcessor totals, MockProcessorContext<byte[], SpecificRecord> context) {
        totals.process(row(1));
        totals.process(row(2));
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(TEN);
        totals.process(progress(TEN + 60_000 + 600_000));
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(TEN);
        return context.forwarded().stream()
                .map(sent -> ((WindowResult) sent.record().value()).getFinal$())
                .toList();
    }

    @Test
    void onePublicationAnIntervalIsScheduledHoweverOftenTheTaskIsRevived() {
        JourneysProcessor journeys = new JourneysProcessor(
                settings(),
                new EventReader(Map.of(), 100, VisitorNames.asTheyCome()),
                partition -> InputProbe.UNKNOWN,
                new NoListener(),
                PartitionTotals.MOST_AGAIN);
        MockProcessorContext<byte[], Outgoing> first = journeysContext();
        journeys.init(first);
        journeys.close();
        assertThat(first.scheduledPunctuators()).allMatch(MockProcessorContext.CapturedPunctuator::cancelled);

        MockProcessorContext<byte[], Outgoing> revived = journeysContext();
        journeys.init(revived);
        assertThat(revived.scheduledPunctuators()).hasSize(1);
        revived.scheduledPunctuators().get(0).getPunctuator().punctuate(TEN);
        assertThat(revived.forwarded()).as("progress is told at once").hasSize(1);
    }

    private MockProcessorContext<byte[], Outgoing> journeysContext() {
        PipelineSettings settings = settings();
        return rolledBack(
                new MockProcessorContext<>(new Properties(), new TaskId(0, 0), stateDir),
                emptyStore(Names.JOURNEYS_STORE, new Formats.Journeys(settings.rules(), settings.windowing())),
                emptyStore(Names.CREDITS_STORE, new Formats.Credits()),
                emptyStore(Names.PARTITION_TOTALS_STORE, new Formats.Tallies()),
                emptyStore(Names.PARTITION_FACTS_STORE, new Formats.Facts()),
                emptyStore(Names.PARTITION_PROGRESS_STORE, new Formats.Progress()));
    }
}
