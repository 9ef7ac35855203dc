package io.weir.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.app.replay.input.EventSequence;
import io.weir.app.replay.input.PastEvent;
import io.weir.app.replay.input.ReplayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeOrderTest {
    @TempDir
    Path directory;

    @RepeatedTest(20)
    void chunksOfAnySizeGiveTheOrderOfAStableSortInMemory() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<PastEvent> events = randomEvents(random, random.nextInt(400));
        List<PastEvent> expected = new ArrayList<>(events);
        expected.sort(Comparator.comparingLong(PastEvent::timeMs));
        int chunk = 1 + random.nextInt(100);

        assertThat(sorted(events, chunk)).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void moreRunsThanFilesMayBeOpenAreMergedOnTheWay() {
        List<PastEvent> events = new ArrayList<>();
        for (int i = 1_000; i > 0; i--) {
            events.add(EventList.visit("v" + i, "u", i / 2));
        }
        List<PastEvent> expected = new ArrayList<>(events);
        expected.sort(Comparator.comparingLong(PastEvent::timeMs));

        assertThat(sorted(events, 3)).isEqualTo(expected);
    }

    @Test
    void oneChunkTouchesNoDisk() {
        Path absent = directory.resolve("absent");
        List<PastEvent> events = List.of(EventList.visit("b", "u", 2), EventList.visit("a", "u", 1));

        try (EventSequence sorted = TimeOrder.of(new EventList(events), 2, absent, Progress.silent())) {
            assertThat(EventList.drain(sorted)).containsExactly(events.get(1), events.get(0));
        }
        assertThat(absent).doesNotExist();
    }

    @Test
    void temporaryFilesAreGoneWhenTheSequenceIsClosedHalfway() {
        List<PastEvent> events = randomEvents(new Random(1), 100);

        try (EventSequence sorted = TimeOrder.of(new EventList(events), 10, directory, Progress.silent())) {
            assertThat(sorted.next()).isNotNull();
        }

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void temporaryFilesAreGoneWhenReadingFails() {
        List<PastEvent> events = randomEvents(new Random(1), 100);
        EventSequence failing = new FailingAtTheEnd(new EventList(events));

        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> TimeOrder.of(failing, 10, directory, Progress.silent()))
                .withMessage("the file ends early");

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        List<PastEvent> events = randomEvents(new Random(1), 10);

        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> TimeOrder.of(new EventList(events), 2, file, Progress.silent()))
                .withMessage("cannot write a temporary file for sorting in " + file + ": " + file
                        + " is no directory; make room there or choose another directory");
    }

    @Test
    void howMuchIsDoneCountsTheEventsGivenBack() {
        List<PastEvent> events = randomEvents(new Random(1), 4);

        try (EventSequence sorted = TimeOrder.of(new EventList(events), 2, directory, Progress.silent())) {
            sorted.next();
            assertThat(sorted.done()).isEqualTo(1);
            assertThat(sorted.fractionDone()).isEqualTo(0.25);
        }
    }

    @Test
    void sortedInputMakesASingleRun() {
        List<PastEvent> events = Stream.iterate(0, i -> i + 1)
                .limit(1_000)
                .map(i -> EventList.visit("v" + i, "u", i / 3))
                .toList();

        try (TimeOrder sorted = TimeOrder.of(new EventList(events), 7, directory, Progress.silent())) {
            assertThat(sorted.runs()).isEqualTo(1);
            assertThat(EventList.drain(sorted)).isEqualTo(events);
        }
    }

    private List<PastEvent> sorted(List<PastEvent> events, int chunk) {
        try (EventSequence sorted = TimeOrder.of(new EventList(events), chunk, directory, Progress.silent())) {
            return EventList.drain(sorted);
        }
    }

    private static List<PastEvent> randomEvents(Random random, int count) {
        List<PastEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long timeMs = random.nextInt(20) == 0 ? random.nextLong() : random.nextInt(100);
            events.add(
                    switch (random.nextInt(3)) {
                        case 0 -> EventList.click("c" + i, "u" + i, timeMs);
                        case 1 -> EventList.visit("v" + i, "u" + i, random.nextBoolean() ? "来源" : null, timeMs);
                        default -> EventList.payment("m" + i, "u" + i, timeMs);
                    });
        }
        return events;
    }

    private record FailingAtTheEnd(EventList events) implements EventSequence {
        @Override
        public PastEvent next() {
            PastEvent event = events.next();
            if (event == null) {
                throw new ReplayException("the file ends early");
            }
            return event;
        }

        @Override
        public long done() {
            return events.done();
        }

        @Override
        public double fractionDone() {
            return events.fractionDone();
        }

        @Override
        public void close() {}
    }
}
