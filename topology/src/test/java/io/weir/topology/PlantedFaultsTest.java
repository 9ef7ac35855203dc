package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The simulator finds each of these mistakes within the seeds that it plays in every test. What it finds is the mistake:
 * without it the same seed passes.
 */
class PlantedFaultsTest {
    private static final long SEEDS = 1_000;

    private static final List<PlantedFault> FAULTS = List.of(
            new PlantedFault(
                    "an accepted event's journey is not stored",
                    "topology/JourneysProcessor.java",
                    "journeys.put(event.visitorId(), journey);",
                    ""),
            new PlantedFault(
                    "a journey is not found under its name from before the key changed",
                    "topology/JourneysProcessor.java",
                    "journey = before == null ? null : journeys.get(before);",
                    "journey = null;"),
            new PlantedFault(
                    "the ledger is not stored",
                    "topology/JourneysProcessor.java",
                    "progressStore.put(progress.partition(), progress);\n        hasNews = true;",
                    "hasNews = true;"),
            new PlantedFault(
                    "the facts by source are not stored",
                    "topology/JourneysProcessor.java",
                    "factsStore.put(progress.partition(), facts);",
                    ""),
            new PlantedFault(
                    "what is pushed off the heap is not stored",
                    "topology/WriteBehindStore.java",
                    "wrapped().put(entry.keyBytes(format), valueBytes(entry));",
                    ""),
            new PlantedFault(
                    "what has been pushed off the heap is still looked at there",
                    "topology/HeapEntries.java",
                    "entry == null || entry.gone || !entry.key.equals(key)",
                    "entry == null || !entry.key.equals(key)"),
            new PlantedFault(
                    "a scan leaves out what is on the heap only",
                    "topology/WriteBehindStore.java",
                    "if (isToBeWritten(entry)) { keys",
                    "if (false) { keys"),
            new PlantedFault(
                    "what was stored, and goes, is not deleted",
                    "topology/WriteBehindStore.java",
                    "return entry.changed && (entry.value != null || entry.mayBeStored);",
                    "return entry.changed && entry.value != null;"),
            new PlantedFault(
                    "the last of the changed objects is not stored before the commit",
                    "topology/WriteBehindStore.java",
                    "entries.addAll(changedLately);",
                    "entries.addAll(changedLately.subList(0, Math.max(0, changedLately.size() - 1)));"),
            new PlantedFault(
                    "what changed before a scan is not stored before the commit",
                    "topology/WriteBehindStore.java",
                    "changedByGroup.values().forEach(entries::addAll);",
                    ""),
            new PlantedFault(
                    "a row that has left the heap is changed there",
                    "topology/PartitionTotals.java",
                    "entry == null || entry.gone || entry.key",
                    "entry == null || entry.key"),
            new PlantedFault(
                    "the row of the window before is changed",
                    "topology/PartitionTotals.java",
                    "entry.key.startMs() != startMs || ",
                    ""),
            new PlantedFault(
                    "a partition's row is added to what it said before and does not replace it",
                    "topology/TotalRow.java",
                    "sum = sum.minus(before.measures).plus(measures);",
                    "sum = sum.plus(measures);"),
            new PlantedFault(
                    "a total row is sent and not stored",
                    "topology/TotalsProcessor.java",
                    "row.markSent(); rows.put(key, row);",
                    "row.markSent();"),
            new PlantedFault(
                    "the old contribution is not taken back",
                    "domain/Journey.java",
                    "contribute(event, before, -1, out);",
                    ""),
            new PlantedFault(
                    "a credit that moves is not reversed",
                    "domain/FactsBySource.java",
                    "new SourceFacts(0, 0, 0, 0, 1, micros)",
                    "SourceFacts.NONE"),
            new PlantedFault(
                    "the explanation of a credit that moves stays as it was",
                    "domain/Journey.java",
                    "Credits changed = event.type() == EventType.PAYMENT ? null : credits;",
                    "Credits changed = null;"),
            new PlantedFault(
                    "the last open event is not stored",
                    "domain/Journey.java",
                    "out.writeCount(open.size()); for (int i = 0; i < open.size(); i++) {",
                    "out.writeCount(Math.max(0, open.size() - 1)); for (int i = 0; i < open.size() - 1; i++) {"),
            new PlantedFault(
                    "events settle one grace too early",
                    "domain/Journey.java",
                    "Long.MIN_VALUE : streamTimeMs - rules.graceMs();",
                    "Long.MIN_VALUE : streamTimeMs;"),
            new PlantedFault(
                    "a duplicate is accepted",
                    "domain/Journey.java",
                    "if (open.holds(event.type(), event.id())) {",
                    "if (event.id() == null) {"),
            new PlantedFault(
                    "the wall clock decides what is late",
                    "topology/JourneysProcessor.java",
                    "journey.assess(event, progress.streamTimeMs());",
                    "journey.assess(event, context.currentSystemTimeMs());"),
            new PlantedFault(
                    "a late event is counted and not kept",
                    "topology/JourneysProcessor.java",
                    "context.forward(refused.late(message, origin, lateness(event), nowMs));",
                    ""),
            new PlantedFault(
                    "a late event moves stream time",
                    "topology/JourneysProcessor.java",
                    "if (outcome != Outcome.ACCEPTED) { return outcome; }",
                    "if (outcome != Outcome.ACCEPTED) { progress.advanceStreamTime(progress.streamTimeMs() + 1); return outcome; }"),
            new PlantedFault(
                    "progress is published before the rows that belong to it",
                    "topology/JourneysProcessor.java",
                    "rows.publish(batches::add); batches.send(); long streamTimeMs = progress.streamTimeMs();",
                    """
                    long streamTimeMs = progress.streamTimeMs();
                    setClock(nowMs);
                    context.forward(new Record<>(NO_KEY, new Progressed(progress.copy()), nowMs));
                    rows.publish(batches::add);
                    batches.send();
                    """),
            new PlantedFault(
                    "open rows are not published again after a restart",
                    "topology/PartitionTotals.java",
                    "(key, row) -> out.accept(key, row.tally())",
                    "(key, row) -> {}"),
            new PlantedFault(
                    "of many open rows only the first few are published again after a restart",
                    "topology/PartitionTotals.java",
                    "return again.isOver();",
                    "return true;"),
            new PlantedFault(
                    "progress is published before all open rows have been published again",
                    "topology/JourneysProcessor.java",
                    "if (isPublishedAgain() && isTime) {",
                    "if (isTime) {"),
            new PlantedFault(
                    "what Kafka hands out again after it lost the offsets counts again",
                    "topology/JourneysProcessor.java",
                    "if (settings.exactlyOnce() && alreadyRead.test(progress.nextOffset(input), origin)) {",
                    "if (false) {"),
            new PlantedFault(
                    "a visitor who has come back is forgotten when Kafka hands out the request again",
                    "topology/JourneysProcessor.java",
                    "if (settings.exactlyOnce() && alreadyRead.test(progress.nextRequest(), origin)) {",
                    "if (false) {"),
            new PlantedFault(
                    "a request to forget is not noted as read",
                    "topology/JourneysProcessor.java",
                    "progress.setNextRequest(origin.offset() + 1);",
                    ""),
            new PlantedFault(
                    "an input that goes back is taken for one that was made anew",
                    "topology/AlreadyRead.java",
                    "if (probe.endNow(origin.topic(), origin.partition()) < next) {",
                    "if (true) {"),
            new PlantedFault(
                    "rows are dropped one grace too early",
                    "topology/JourneysProcessor.java",
                    "rows.close(streamTimeMs - settings.rules().graceMs());",
                    "rows.close(streamTimeMs);"),
            new PlantedFault(
                    "who had been there before is not published",
                    "topology/RowBatches.java",
                    "tally.write(batches[to]);",
                    "new Tally(tally.toMeasures(), new io.weir.domain.SeenBefore()).write(batches[to]);"),
            new PlantedFault(
                    "the watermark is that of the partition farthest ahead",
                    "topology/Watermark.java",
                    "leastActive = Math.min(leastActive, progress.eventClockMs());",
                    "leastActive = leastActive == Long.MAX_VALUE ? progress.eventClockMs()"
                            + " : Math.max(leastActive, progress.eventClockMs());"),
            new PlantedFault(
                    "the watermark does not wait for partitions that have not reported",
                    "topology/Watermark.java",
                    "if (all.size() < partitions) {",
                    "if (all.isEmpty()) {"),
            new PlantedFault(
                    "the watermark is forgotten in a restart",
                    "topology/TotalsProcessor.java",
                    "any.noteTotals(asOfMs, nextPublication);",
                    "any.noteTotals(Journey.NO_STREAM_TIME, nextPublication);"),
            new PlantedFault(
                    "which publications were read is forgotten in a restart",
                    "topology/TotalsProcessor.java",
                    "any.noteTotals(asOfMs, nextPublication);",
                    "any.noteTotals(asOfMs, 0);"),
            new PlantedFault(
                    "rows go back to what they were when publications come again",
                    "topology/TotalsProcessor.java",
                    "if (settings.exactlyOnce() && alreadyRead.test(nextPublication, origin)) {",
                    "if (false) {"),
            new PlantedFault(
                    "the watermark that an interval has reached is not stored",
                    "topology/TotalsProcessor.java",
                    "follow(nowMs);\n            store();",
                    "follow(nowMs);"),
            new PlantedFault(
                    "rows are dropped before they are final, when a jump of the watermark is long",
                    "topology/TotalsProcessor.java",
                    "|| past.areBehind(asOfMs) || past.hasEarlier();",
                    ";"),
            new PlantedFault(
                    "of many rows that become final only the first few are looked at",
                    "topology/PastWindows.java",
                    "parts.values().removeIf(Scan::isOver);",
                    "parts.clear();"),
            new PlantedFault(
                    "what was not marked as final before a restart never is",
                    "topology/PastWindows.java",
                    "earlier.put(size, part(size, Long.MIN_VALUE, openSinceMs(size, watermarkMs)));",
                    ""),
            new PlantedFault(
                    "windows are final one grace too early",
                    "topology/PastWindows.java",
                    "return windowing.startMs(size, watermarkMs - settings.rules().graceMs());",
                    "return windowing.startMs(size, watermarkMs);"),
            new PlantedFault(
                    "a result that is still to be sent is forgotten in a restart",
                    "topology/TotalRow.java",
                    "row.isDue = (flags & DUE) != 0;",
                    ""),
            new PlantedFault(
                    "rows that wait to be final are never sent before",
                    "topology/DueResults.java",
                    "if (waitOf(nowMs) > waitOf(sentAllMs)) {",
                    "if (false) {"),
            new PlantedFault(
                    "what has closed is dropped and not published",
                    "topology/PartitionTotals.java",
                    "publish(entries, out); entries.forEach(store::delete);",
                    "entries.forEach(store::delete);"),
            new PlantedFault(
                    "a window is taken for closed one grace too early",
                    "topology/JourneysProcessor.java",
                    "rows.publishClosed(progress.streamTimeMs() - settings.rules().graceMs(), batches::add)",
                    "rows.publishClosed(progress.streamTimeMs(), batches::add)"),
            new PlantedFault(
                    "a revived task believes that windows of the aborted transaction are final",
                    "topology/TotalsProcessor.java",
                    "past = new PastWindows(settings, rows);",
                    "past = past == null ? new PastWindows(settings, rows) : past;"),
            new PlantedFault(
                    "a minute that changes after it has left a rolling window still counts there",
                    "topology/RollingTotals.java",
                    "row.leave(window, change, NONE);",
                    ""),
            new PlantedFault(
                    "who came back to a minute departs with it all the same",
                    "topology/RollingTotals.java",
                    "leave(window, key, Measures.ZERO, back, before)",
                    "leave(window, key, Measures.ZERO, NONE, before)"),
            new PlantedFault(
                    "a visitor who came back leaves a rolling window that he is still in",
                    "topology/RollingTotals.java",
                    "row.leave(window, Measures.ZERO, more);",
                    ""),
            new PlantedFault(
                    "journeys are forgotten too early",
                    "topology/JourneysProcessor.java",
                    "long memoryMs = Journey.memoryMs(settings.rules());",
                    "long memoryMs = settings.rules().graceMs();"),
            new PlantedFault(
                    "a visitor is judged by stored bytes that are older than the heap",
                    "topology/Sweep.java",
                    "old.add(key);",
                    "store.delete(key);"),
            new PlantedFault(
                    "a count below zero cannot be stored",
                    "domain/BinaryWriter.java",
                    "public void writeSum(long value) { writeUnsigned(value);",
                    "public void writeSum(long value) { writeCount(value);"),
            new PlantedFault(
                    "a silent partition holds the watermark back for ever",
                    "topology/JourneysProcessor.java",
                    "streamTimeMs + (nowMs - silentSinceMs) : streamTimeMs, idle, nowMs);",
                    "streamTimeMs + (nowMs - silentSinceMs) : streamTimeMs, false, nowMs);"),
            new PlantedFault(
                    "the clock of a silent partition decides what is late",
                    "topology/JourneysProcessor.java",
                    "progress.setClock(runsOn ?",
                    "progress.advanceStreamTime(runsOn ? streamTimeMs + (nowMs - silentSinceMs) : streamTimeMs);"
                            + " progress.setClock(runsOn ?"));

    private static String firstFailure(ClassLoader classes, long from, long to) throws ReflectiveOperationException {
        Method play =
                classes.loadClass(Simulation.class.getName()).getDeclaredMethod("firstFailure", long.class, long.class);
        play.setAccessible(true);
        return (String) play.invoke(null, from, to);
    }

    @TestFactory
    Stream<DynamicTest> eachFaultIsFound() {
        return FAULTS.stream()
                .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> {
                    String failure = firstFailure(fault.plant(), 0, SEEDS);
                    assertThat(failure)
                            .as("no seed below %s finds that %s", SEEDS, fault.name())
                            .isNotNull();
                    System.out.println("\"" + fault.name() + "\" is found by seed "
                            + failure.lines().findFirst().orElse(""));
                    long seed = Long.parseLong(failure.substring(0, failure.indexOf(' ')));
                    assertThat(firstFailure(PlantedFault.nothing(), seed, seed + 1))
                            .as("without the fault")
                            .isNull();
                }));
    }

    @Test
    void aFaultThatFitsItsSourceNoMoreIsNotTakenForFound() {
        PlantedFault fault = new PlantedFault("none", "topology/Sweep.java", "no such text", "");
        assertThatThrownBy(fault::plant).hasMessageContaining("fits topology/Sweep.java no more");
    }
}
