package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Held against a sorted map, by random steps of every kind. */
class WriteBehindStoreTest {
    private static final int SEEDS = 300;
    private static final int STEPS = 400;
    private static final int KEYS = 60;
    private static final int GROUP = 10;

    /** Keys in groups of ten; values that can be changed in place, of which each seventh is at rest. */
    private static final class Numbers implements WriteBehindStore.Format<Long, AtomicLong> {
        private static byte[] bytes(long value) {
            return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
        }

        @Override
        public byte[] keyToBytes(Long key) {
            return bytes(key);
        }

        @Override
        public Long keyFromBytes(byte[] bytes) {
            return ByteBuffer.wrap(bytes).getLong();
        }

        @Override
        public byte[] valueToBytes(AtomicLong value) {
            return bytes(value.get());
        }

        @Override
        public AtomicLong valueFromBytes(Long key, byte[] bytes) {
            return new AtomicLong(ByteBuffer.wrap(bytes).getLong());
        }

        @Override
        public long group(Long key) {
            return key / GROUP;
        }

        @Override
        public byte[] lowerBound(long group) {
            return bytes(group * GROUP);
        }

        @Override
        public boolean isAtRest(AtomicLong value) {
            return value.get() % 7 == 0;
        }
    }

    /** One store, what it should hold, and what it would hold after a crash. */
    private static final class Story {
        private final Random random;
        private final SimulatedStore below = new SimulatedStore("numbers", new CrashPoints());
        private final WriteBehindStore<Long, AtomicLong> store;
        private final TreeMap<Long, Long> expected = new TreeMap<>();
        private Map<Long, Long> committed = Map.of();
        private HeapEntry<Long, AtomicLong> found;
        private Scan<Long, AtomicLong> part;
        private long partAfter;
        private long partUntil;

        Story(long seed) {
            random = new Random(seed);
            store = new WriteBehindStore<>(below, new Numbers(), 1 + random.nextInt(30));
            beginPart();
        }

        void step() {
            long key = random.nextInt(KEYS);
            switch (random.nextInt(12)) {
                case 0, 1 -> get(key);
                case 2, 3 -> change(key);
                case 9 -> changeFound(key);
                case 10 -> getOrDeleteFound();
                case 4 -> put(key);
                case 5 -> delete(key);
                case 6 -> scan();
                case 7 -> nextOfPart();
                case 8 -> commit();
                default -> crashNowAndThen();
            }
        }

        private void get(long key) {
            AtomicLong value = store.get(key);
            assertThat(value == null ? null : value.get()).isEqualTo(expected.get(key));
        }

        private void change(long key) {
            store.change(key, AtomicLong::new).incrementAndGet();
            expected.merge(key, 1L, Long::sum);
        }

        /** Changes an entry that was found before, unless it has left the heap meanwhile. */
        private void changeFound(long key) {
            if (found == null || found.gone || random.nextInt(4) == 0) {
                found = store.entry(key);
            }
            store.change(found, AtomicLong::new).incrementAndGet();
            expected.merge(found.key, 1L, Long::sum);
        }

        /** Asks for an entry that was found before, or deletes it, whether it has left the heap or not. */
        private void getOrDeleteFound() {
            if (found == null) {
                return;
            }
            AtomicLong value = store.get(found);
            assertThat(value == null ? null : value.get()).isEqualTo(expected.get(found.key));
            if (random.nextInt(3) == 0) {
                store.delete(found);
                expected.remove(found.key);
            }
        }

        private void put(long key) {
            long value = random.nextInt(1_000);
            store.put(key, new AtomicLong(value));
            expected.put(key, value);
        }

        private void delete(long key) {
            store.delete(key);
            expected.remove(key);
        }

        private void scan() {
            long from = random.nextInt(KEYS / GROUP);
            long to = random.nextInt(KEYS / GROUP + 1);
            SortedMap<Long, Long> scanned = new TreeMap<>();
            int count = store.scan(from, to, (key, value) -> {
                scanned.put(key, value.get());
                if (random.nextBoolean()) {
                    change(key);
                }
            });
            assertThat(scanned).hasSize(count);
            assertThat(new ArrayList<>(scanned.keySet()))
                    .isEqualTo(
                            from < to
                                    ? new ArrayList<>(expected.subMap(from * GROUP, to * GROUP)
                                            .keySet())
                                    : List.of());
        }

        private void beginPart() {
            long from = random.nextInt(KEYS / GROUP);
            long to = from + 1 + random.nextInt(KEYS / GROUP);
            part = store.part(from, to);
            partAfter = from * GROUP - 1;
            partUntil = to * GROUP;
        }

        private void nextOfPart() {
            int most = random.nextInt(12);
            List<Long> keys = new ArrayList<>();
            part.next(most, (key, value) -> {
                assertThat(value.get()).isEqualTo(expected.get(key));
                keys.add(key);
            });
            List<Long> left = new ArrayList<>(
                    expected.subMap(partAfter, false, partUntil, false).keySet());
            assertThat(keys).isEqualTo(left.subList(0, Math.min(most, left.size())));
            if (!keys.isEmpty()) {
                partAfter = Collections.max(keys);
            }
            if (part.isOver()) {
                assertThat(left).hasSameSizeAs(keys);
                beginPart();
            }
        }

        private void commit() {
            store.flushCache();
            below.commit();
            committed = Map.copyOf(expected);
            assertThat(below.committed()).hasSize(expected.size());
        }

        private void crashNowAndThen() {
            if (random.nextInt(5) == 0) {
                below.keep(0);
                below.restore();
                store.clearCache();
                expected.clear();
                expected.putAll(committed);
                beginPart();
            }
        }
    }

    @Test
    void itIsASortedMapWhateverIsOnTheHeapAndACrashTakesBackWhatWasNotCommitted() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Story story = new Story(seed);
            for (int step = 0; step < STEPS; step++) {
                try {
                    story.step();
                } catch (AssertionError e) {
                    throw new AssertionError("seed " + seed + ", step " + step + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private final SimulatedStore below = new SimulatedStore("numbers", new CrashPoints());
    private final WriteBehindStore<Long, AtomicLong> store = new WriteBehindStore<>(below, new Numbers(), KEYS);

    @Test
    void whatComesAndGoesBetweenTwoCommitsIsNeverWritten() {
        store.change(1L, AtomicLong::new).set(5);
        store.delete(1L);
        store.flushCache();
        assertThat(below.uncommitted()).isZero();
    }

    @Test
    void whatHasChangedManyTimesIsWrittenOnce() {
        for (int i = 0; i < 100; i++) {
            store.change(1L, AtomicLong::new).incrementAndGet();
        }
        store.flushCache();
        store.flushCache();
        assertThat(below.uncommitted()).isOne();
    }

    @Test
    void whatIsAtRestLeavesTheHeapOnceItIsWritten() {
        store.put(1L, new AtomicLong(7));
        store.put(2L, new AtomicLong(8));
        store.flushCache();
        assertThat(store.onHeap(1L)).isNull();
        assertThat(store.onHeap(2L)).isNotNull();
        assertThat(store.get(1L)).hasValue(7);
    }

    @Test
    void anotherStoreThatIsToBeWrittenBeforeIsWrittenWithIt() {
        SimulatedStore belowOther = new SimulatedStore("other", new CrashPoints());
        WriteBehindStore<Long, AtomicLong> other = new WriteBehindStore<>(belowOther, new Numbers(), KEYS);
        store.writeAfter(other);
        other.put(1L, new AtomicLong(1));
        store.flushCache();
        assertThat(belowOther.uncommitted()).isOne();
    }
}
