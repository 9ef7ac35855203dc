package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.domain.ComeBacks;
import io.weir.domain.DimensionKey;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import io.weir.domain.RollingMeasures;
import io.weir.domain.RollingWindow;
import io.weir.domain.Tally;
import io.weir.domain.WindowKey;
import io.weir.domain.WindowSize;
import io.weir.oracle.OracleSettings;
import io.weir.schema.WindowResult;
import io.weir.topology.Outgoing.Progressed;
import io.weir.topology.Outgoing.Publication;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartedTotalsTest {
    private static final long TEN = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();
    private static final byte[] KEY = new byte[0];

    private final WriteBehindStore<WindowKey, TotalRow> rows = new WriteBehindStore<>(
            Stores.inMemoryKeyValueStore(Names.TOTALS_STORE).get(), new Formats.TotalRows(), 100);
    private final WriteBehindStore<Integer, PartitionProgress> progress = new WriteBehindStore<>(
            Stores.inMemoryKeyValueStore(Names.TOTALS_PROGRESS_STORE).get(), new Formats.Progress(), 100);

    private final WriteBehindStore<WindowKey, ComeBacks> comeBacks = new WriteBehindStore<>(
            Stores.inMemoryKeyValueStore(Names.COME_BACKS_STORE).get(), new Formats.ComeBackCounts(), 100);
    private final WriteBehindStore<DimensionKey, RollingMeasures> rolling = new WriteBehindStore<>(
            Stores.inMemoryKeyValueStore(Names.ROLLING_STORE).get(), new Formats.Rolling(), 100);

    @TempDir
    private File stateDir;

    private MockProcessorContext<byte[], SpecificRecord> context;

    private TotalsProcessor start() {
        return start(new NoListener());
    }

    private TotalsProcessor start(FiguresListener listener) {
        return start(listener, Pace.ROWS_AN_INTERVAL);
    }

    private TotalsProcessor start(FiguresListener listener, int rowsAnInterval) {
        context = new TotalsContext(stateDir);
        context.setCurrentSystemTimeMs(TEN);
        context.addStateStore(rows);
        context.addStateStore(progress);
        context.addStateStore(comeBacks);
        context.addStateStore(rolling);
        PipelineSettings one =
                PipelineDriver.settings(OracleSettings.DEFAULT.withWindows(WindowSize.MINUTE), 512 * 1024);
        TotalsProcessor totals = new TotalsProcessor(
                new PipelineSettings(
                        one.inputTopics(),
                        2,
                        one.windowsTopic(),
                        one.lateTopic(),
                        one.deadLetterTopic(),
                        one.forgetTopic(),
                        one.rules(),
                        one.windows(),
                        one.zone(),
                        one.maxFutureSkew(),
                        one.publishInterval(),
                        one.idleTimeout(),
                        one.retention(),
                        one.creditRetention(),
                        one.maxFieldLength(),
                        one.maxJourneyBytes(),
                        one.maxKeptBytes(),
                        one.exactlyOnce()),
                partition -> InputProbe.UNKNOWN,
                listener,
                new Pace(rowsAnInterval));
        totals.init(context);
        return totals;
    }

    private static Record<byte[], Publication> row(int partition, long visits) {
        Tally tally = new Tally();
        tally.add(Measure.VISITS, visits);
        WindowKey key = new WindowKey(WindowSize.MINUTE, TEN, DimensionKey.TOTAL);
        return new Record<>(KEY, PublishedRows.of(partition, key, tally), TEN);
    }

    private static Record<byte[], Publication> idle(int partition, Duration since) {
        PartitionProgress progress = new PartitionProgress(partition);
        progress.advanceStreamTime(TEN);
        progress.setClock(TEN + since.toMillis(), true, Long.MAX_VALUE / 2);
        return new Record<>(KEY, new Progressed(progress), TEN);
    }

    @Test
    void onePartitionsPartIsNotTakenForTheWholeOfAWindowThatWasDroppedBeforeTheRestart() {
        TotalsProcessor totals = start();
        totals.process(row(0, 3));
        totals.process(row(1, 2));
        totals.process(idle(0, Duration.ofDays(3)));
        totals.process(idle(1, Duration.ofDays(3)));
        assertThat(context.forwarded())
                .as("two changes in one result, which is final")
                .hasSize(1);
        totals.close();

        TotalsProcessor restarted = start();
        // Partition 1 has read nothing since and tells its open rows again; partition 0 has closed that window.
        restarted.process(row(1, 2));
        sendWhatIsDue();
        assertThat(context.forwarded()).isEmpty();
    }

    @Test
    void aRestartBeforeTheFirstWatermarkTellsAllRowsSoThatLaterChangesAddUp() {
        TotalsProcessor totals = start();
        totals.process(row(0, 3));
        totals.close();

        Map<WindowKey, Measures> told = new HashMap<>();
        TotalsProcessor restarted = start(new FiguresListener() {
            @Override
            public void rowChanged(int totalsPartition, WindowRow row, Measures before) {
                WindowKey key = new WindowKey(row.size(), row.startMs(), row.key());
                assertThat(before).isEqualTo(told.getOrDefault(key, Measures.ZERO));
                told.put(key, row.measures());
            }
        });
        restarted.process(row(1, 2));
        assertThat(told.values().iterator().next().get(Measure.VISITS)).isEqualTo(5);
    }

    @Test
    void whatWasToBeSentWhenItsTaskStoppedIsSentAfterTheRestart() {
        TotalsProcessor totals = start();
        totals.process(row(0, 3));
        sendWhatIsDue();
        totals.process(row(0, 4));
        totals.process(row(1, 2));
        rows.flushCache();
        totals.close();

        start();
        sendWhatIsDue();
        assertThat(context.forwarded()).hasSize(1);
        WindowResult sent = (WindowResult) context.forwarded().get(0).record().value();
        assertThat(List.of(sent.getVisits(), sent.getRevision())).containsExactly(6L, 2L);
        sendWhatIsDue();
        assertThat(context.forwarded()).as("once").hasSize(1);
    }

    @Test
    void aRowThatAPartitionAheadHasClosedWaitsToBeFinalButNotForEver() {
        TotalsProcessor totals = start();
        totals.process(row(0, 3));
        PartitionProgress ahead = new PartitionProgress(0);
        ahead.setClock(TEN + Duration.ofHours(1).toMillis(), false, TEN);
        totals.process(new Record<>(KEY, new Progressed(ahead), TEN));
        sendWhatIsDue();
        assertThat(context.forwarded())
                .as("partition 1 is about to close it too")
                .isEmpty();
        send(TEN + JourneysProcessor.CATCH_UP_INTERVAL_MS);
        assertThat(context.forwarded()).hasSize(1);
    }

    @Test
    void aRowThatASilenceMadeFinalAndThatChangesRightAfterARestartIsSentOnceMore() {
        TotalsProcessor totals = start();
        totals.process(row(0, 3));
        totals.process(idle(0, Duration.ofHours(1)));
        totals.process(idle(1, Duration.ofHours(1)));
        assertThat(context.forwarded()).hasSize(1);
        rows.flushCache();
        totals.close();

        TotalsProcessor restarted = start();
        restarted.process(row(0, 4));
        restarted.process(idle(0, Duration.ofHours(2)));
        restarted.process(idle(1, Duration.ofHours(2)));
        sendWhatIsDue();
        assertThat(context.forwarded()).hasSize(1);
        WindowResult sent = (WindowResult) context.forwarded().get(0).record().value();
        assertThat(List.of(sent.getVisits(), sent.getRevision(), sent.getFinal$()))
                .containsExactly(4L, 2L, true);
    }

    @Test
    void resultsCoverWhatWasReadOnlyOnceTheyAreSent() {
        List<Integer> rowsOf = new ArrayList<>();
        List<Integer> resultsOf = new ArrayList<>();
        TotalsProcessor totals = start(new FiguresListener() {
            @Override
            public void rowsCover(int totalsPartition, PartitionProgress progress) {
                rowsOf.add(progress.partition());
            }

            @Override
            public void resultsCover(int totalsPartition, PartitionProgress progress) {
                resultsOf.add(progress.partition());
            }
        });
        totals.process(row(1, 2));
        totals.process(idle(1, Duration.ZERO));
        assertThat(rowsOf).containsExactly(1);
        assertThat(resultsOf).isEmpty();
        sendWhatIsDue();
        assertThat(context.forwarded()).hasSize(1);
        assertThat(resultsOf).containsExactly(1);
    }

    @Test
    void aJumpOverDaysIsFollowedAFewRowsAtATimeSoThatTheTransactionIsCommittedInTime() {
        List<Long> watermarksMs = new ArrayList<>();
        List<Integer> covered = new ArrayList<>();
        TotalsProcessor totals = start(
                new FiguresListener() {
                    @Override
                    public void watermarkAdvanced(int totalsPartition, long watermarkMs) {
                        watermarksMs.add(watermarkMs);
                    }

                    @Override
                    public void resultsCover(int totalsPartition, PartitionProgress progress) {
                        covered.add(progress.partition());
                    }
                },
                100);
        totals.process(idle(0, Duration.ZERO));
        totals.process(idle(1, Duration.ZERO));
        covered.clear();
        for (int minute = 0; minute < 20; minute++) {
            for (int product = 0; product < 50; product++) {
                totals.process(visit(minute, product));
            }
        }
        totals.process(idle(0, Duration.ofDays(3)));
        totals.process(idle(1, Duration.ofDays(3)));

        int before = 0;
        for (int interval = 0; totals.isBehind(); interval++) {
            int sent = context.forwarded().size();
            assertThat(sent - before).as("results of interval %d", interval).isLessThanOrEqualTo(200);
            assertThat(covered).as("not all results are sent").isEmpty();
            before = sent;
            assertThat(interval).isLessThan(1_000);
            sendWhatIsDue();
        }
        assertThat(context.forwarded())
                .hasSize(1_000)
                .allMatch(sent -> ((WindowResult) sent.record().value()).getFinal$());
        assertThat(watermarksMs).isSorted().endsWith(TEN + Duration.ofDays(3).toMillis());
        assertThat(covered).containsOnly(0, 1);
        assertThat(rolling.get(DimensionKey.product("product-1")))
                .as("nobody came in the last day")
                .isNull();
    }

    private static Record<byte[], Publication> visit(int minute, int product) {
        WindowKey key =
                new WindowKey(WindowSize.MINUTE, TEN + minute * 60_000L, DimensionKey.product("product-" + product));
        Tally tally = new Tally();
        tally.add(Measure.VISITS, 1);
        return new Record<>(KEY, PublishedRows.of(0, key, tally), TEN);
    }

    @Test
    void aSingleWindowOfManyRowsBecomesFinalAFewRowsAtATime() {
        TotalsProcessor totals = start(new NoListener(), 100);
        totals.process(idle(0, Duration.ZERO));
        totals.process(idle(1, Duration.ZERO));
        for (int product = 0; product < 1_000; product++) {
            totals.process(visit(0, product));
        }
        totals.process(idle(0, Duration.ofMinutes(30)));
        totals.process(idle(1, Duration.ofMinutes(30)));
        int before = 0;
        int intervals = 0;
        while (totals.isBehind()) {
            int sent = context.forwarded().size();
            assertThat(sent - before).as("results of interval %d", intervals).isLessThanOrEqualTo(200);
            before = sent;
            intervals++;
            sendWhatIsDue();
        }
        assertThat(intervals).isBetween(5, 20);
        assertThat(context.forwarded())
                .hasSize(1_000)
                .allMatch(sent -> ((WindowResult) sent.record().value()).getFinal$());
    }

    @Test
    void theWatermarkGoesOnAtOnceAfterARestartHoweverManyRowsAreKept() {
        TotalsProcessor totals = start(new NoListener(), 100);
        for (int product = 0; product < 1_000; product++) {
            totals.process(visit(0, product));
        }
        totals.process(idle(0, Duration.ofMinutes(30)));
        totals.process(idle(1, Duration.ofMinutes(30)));
        while (totals.isBehind()) {
            sendWhatIsDue();
        }
        rows.flushCache();
        totals.close();

        List<Long> watermarksMs = new ArrayList<>();
        TotalsProcessor restarted = start(
                new FiguresListener() {
                    @Override
                    public void watermarkAdvanced(int totalsPartition, long watermarkMs) {
                        watermarksMs.add(watermarkMs);
                    }
                },
                100);
        restarted.process(idle(0, Duration.ofMinutes(40)));
        restarted.process(idle(1, Duration.ofMinutes(40)));
        assertThat(watermarksMs).endsWith(TEN + Duration.ofMinutes(40).toMillis());
        assertThat(restarted.isBehind())
                .as("looks whether all rows were marked")
                .isTrue();
    }

    @Test
    void rollingWindowsAreToldTogetherWithWhereTheyEnd() {
        List<Long> watermarksMs = new ArrayList<>();
        List<Measures> hours = new ArrayList<>();
        TotalsProcessor totals = start(new FiguresListener() {
            @Override
            public void rollingAdvanced(int totalsPartition, long watermarkMs, List<RollingChange> changes) {
                watermarksMs.add(watermarkMs);
                changes.stream()
                        .filter(change -> change.window() == RollingWindow.HOUR)
                        .forEach(change -> hours.add(change.measures()));
            }

            @Override
            public void rollingChanged(
                    int totalsPartition, RollingWindow window, DimensionKey key, Measures now, Measures before) {
                throw new AssertionError("told of a move by itself");
            }
        });
        totals.process(row(0, 3));
        totals.process(idle(0, Duration.ZERO));
        totals.process(idle(1, Duration.ZERO));
        totals.process(idle(0, Duration.ofSeconds(90)));
        totals.process(idle(1, Duration.ofSeconds(90)));
        totals.process(idle(0, Duration.ofSeconds(91)));
        totals.process(idle(1, Duration.ofSeconds(91)));
        assertThat(watermarksMs).containsExactly(TEN, TEN + 90_000);
        assertThat(hours).hasSize(1).allMatch(measures -> measures.get(Measure.VISITS) == 3);
    }

    @Test
    void whoeverReadsTheStoredWatermarkFindsTheRowsThatItCovers() {
        TotalsProcessor totals = start();
        totals.process(row(0, 3));
        totals.process(idle(0, Duration.ofMinutes(2)));
        totals.process(idle(1, Duration.ofMinutes(2)));
        // Kafka Streams flushes the stores of a task in the order of a hash set.
        progress.flushCache();
        assertThat(progress.wrapped().approximateNumEntries()).isEqualTo(2);
        assertThat(rows.wrapped().approximateNumEntries()).isEqualTo(1);
        assertThat(rolling.wrapped().approximateNumEntries()).isEqualTo(1);
    }

    private void sendWhatIsDue() {
        send(TEN);
    }

    private void send(long nowMs) {
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(nowMs);
    }
}
