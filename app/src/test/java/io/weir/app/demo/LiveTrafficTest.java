package io.weir.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.domain.Click;
import io.weir.domain.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveTrafficTest {
    private final AtomicLong nowMs = new AtomicLong(0);
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs.get());
    private final List<Event> received = new CopyOnWriteArrayList<>();
    private LiveTraffic live;

    private void start(Stream<Event> traffic, Consumer<Event> sink) {
        live = new LiveTraffic(traffic.iterator(), sink, clock, Duration.ofSeconds(10));
        live.start();
    }

    private static Stream<Event> everySecond() {
        return LongStream.iterate(1_000, timeMs -> timeMs + 1_000)
                .mapToObj(timeMs -> new Click("c" + timeMs, "v", "p", "s", null, 0, timeMs));
    }

    @AfterEach
    void stop() {
        live.close();
    }

    @Test
    void eventsAreHandedOverWhenTheirTimeHasComeAndNotBefore() {
        start(everySecond(), received::add);
        nowMs.set(3_500);
        await().until(() -> received.size() >= 3);
        nowMs.set(4_000);
        await().until(() -> received.size() >= 4);
        assertThat(received).extracting(Event::timeMs).containsExactly(1_000L, 2_000L, 3_000L, 4_000L);
        assertThat(live.published()).isEqualTo(4);
    }

    @Test
    void afterALongPauseOnlyTheLatestSecondsAreCaughtUpWith() {
        nowMs.set(3_600_000);
        start(everySecond(), received::add);
        await().until(() -> received.size() == 11);
        assertThat(received.get(0).timeMs()).isEqualTo(3_590_000);
        assertThat(live.skipped()).isEqualTo(3_589);
    }

    @Test
    void closingStopsAtOnceEvenInTheMiddleOfAWait() {
        start(everySecond(), received::add);
        live.close();
        nowMs.set(100_000);
        assertThat(live.isRunning()).isFalse();
        assertThat(received).isEmpty();
    }

    @Test
    void aSinkThatThrowsEndsTheTraffic() {
        nowMs.set(2_000);
        start(everySecond(), event -> {
            throw new IllegalStateException("broken on purpose");
        });
        await().until(() -> !live.isRunning());
        assertThat(live.published()).isZero();
    }

    @Test
    void closingBeforeTheStartDoesNoHarm() {
        live = new LiveTraffic(everySecond().iterator(), received::add, clock, Duration.ofSeconds(1));
        live.close();
        assertThat(live.isRunning()).isFalse();
    }
}
