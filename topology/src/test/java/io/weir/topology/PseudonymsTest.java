package io.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.domain.EventType;
import io.weir.domain.Rejection;
import io.weir.oracle.Acceptance;
import io.weir.oracle.Arrivals;
import io.weir.oracle.BatchOracle;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.oracle.RandomCase;
import io.weir.oracle.RandomCases;
import io.weir.serde.VisitorNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Who the visitors are is hidden, and no figure is another for it, whatever becomes of the keys. */
class PseudonymsTest {
    private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");
    private static final long TEN = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();
    private static final byte[] FIRST = bytes("the first key, as long as it must be");
    private static final byte[] SECOND = bytes("the second key, as long as it must be");

    private static final Supplier<VisitorNames> NO_KEY = VisitorNames::asTheyCome;
    private static final Supplier<VisitorNames> FIRST_SINCE_IDS = () -> VisitorNames.byKeySinceIds(FIRST);
    private static final Supplier<VisitorNames> FIRST_KEY = () -> VisitorNames.by(FIRST);
    private static final Supplier<VisitorNames> FIRST_AND_SECOND = () -> VisitorNames.by(FIRST, SECOND);
    private static final Supplier<VisitorNames> SECOND_AND_FIRST = () -> VisitorNames.by(SECOND, FIRST);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static EventRow visit(String id, String visitor, long timeMs) {
        return EventRow.visit(id, visitor, "mug", "search", null, null, timeMs);
    }

    /** Each part of the events is read by a new task with the next names, over the same stores. */
    private static JourneysDriver read(
            List<EventRow> arrivals, OracleSettings settings, List<Supplier<VisitorNames>> names) {
        JourneysDriver journeys = new JourneysDriver(settings, NOW);
        int parts = names.size();
        for (int part = 0; part < parts; part++) {
            journeys.startWith(names.get(part).get());
            journeys.sendAll(arrivals.subList(arrivals.size() * part / parts, arrivals.size() * (part + 1) / parts));
        }
        journeys.publish();
        return journeys;
    }

    private static void assertFiguresAreThoseWithoutKeys(List<Supplier<VisitorNames>> names) {
        for (long seed = 0; seed < 8; seed++) {
            RandomCase given = RandomCases.ofSeed(seed, 120, 6);
            Random random = new Random(seed);
            long graceMs = given.settings().grace().toMillis();
            List<EventRow> arrivals =
                    Arrivals.withDuplicates(Arrivals.shuffledWithinGrace(given.events(), graceMs, random), random);
            JourneysDriver rotated = read(arrivals, given.settings(), names);
            JourneysDriver plain = read(arrivals, given.settings(), List.of(NO_KEY));
            assertThat(rotated.windowsCsv())
                    .as("%s", given)
                    .isEqualTo(BatchOracle.windowsCsv(
                            Acceptance.inArrivalOrder(arrivals, given.settings()), given.settings()));
            assertThat(rotated.seenBefore())
                    .as("with what the rolling windows rest on, %s", given)
                    .isEqualTo(plain.seenBefore());
            assertNobodyIsThereTwice(rotated.storedVisitors(), arrivals);
        }
    }

    private static void assertNobodyIsThereTwice(List<String> stored, List<EventRow> arrivals) {
        arrivals.stream().map(EventRow::visitorId).distinct().forEach(visitor -> {
            byte[] id = bytes(visitor);
            List<String> names = List.of(
                    visitor, FIRST_KEY.get().name(id), SECOND_AND_FIRST.get().name(id));
            assertThat(stored.stream().filter(names::contains)).as(visitor).hasSizeLessThanOrEqualTo(1);
        });
    }

    @Test
    void aKeyChangesNoFigure() {
        assertFiguresAreThoseWithoutKeys(List.of(FIRST_KEY));
    }

    @Test
    void theFirstKeyOfARunningShopChangesNoFigure() {
        assertFiguresAreThoseWithoutKeys(List.of(NO_KEY, FIRST_SINCE_IDS));
    }

    @Test
    void aChangeOfTheKeyChangesNoFigure() {
        assertFiguresAreThoseWithoutKeys(List.of(FIRST_KEY, SECOND_AND_FIRST));
    }

    /** As partitions do while instances with the old settings and with the new ones are there at once. */
    @Test
    void partitionsThatMoveBetweenInstancesInTheMiddleOfAChangeOfTheKeyChangeNoFigure() {
        assertFiguresAreThoseWithoutKeys(List.of(
                FIRST_KEY, FIRST_AND_SECOND, SECOND_AND_FIRST, FIRST_AND_SECOND, SECOND_AND_FIRST, SECOND_AND_FIRST));
    }

    @Test
    void aVisitorIsKnownByThePseudonymOfTheKeyFromTheNextEventOn() {
        JourneysDriver journeys = new JourneysDriver(OracleSettings.DEFAULT, NOW);
        journeys.startWith(FIRST_KEY.get());
        journeys.sendAll(List.of(visit("v1", "ann", TEN), visit("v2", "bob", TEN)));
        journeys.startWith(SECOND_AND_FIRST.get());
        journeys.sendAll(List.of(visit("v3", "ann", TEN + 1_000)));
        assertThat(journeys.storedVisitors())
                .containsExactlyInAnyOrder(
                        VisitorNames.by(SECOND).name(bytes("ann")),
                        VisitorNames.by(FIRST).name(bytes("bob")));
    }

    @Test
    void theOldKeyIsOfNoUseOnceItsJourneysHaveAged() {
        long agedMs = TEN
                + OracleSettings.DEFAULT.attributionWindow().toMillis()
                + OracleSettings.DEFAULT.grace().toMillis()
                + 1;
        List<EventRow> events = List.of(
                visit("v1", "ann", TEN),
                visit("v2", "bob", agedMs),
                visit("v3", "bob", agedMs + 1_000),
                EventRow.payment("p1", "ann", "mug", 1, 5_000_000, agedMs + 2_000));
        JourneysDriver journeys = new JourneysDriver(OracleSettings.DEFAULT, NOW);
        journeys.startWith(FIRST_KEY.get());
        journeys.sendAll(events.subList(0, 1));
        journeys.startWith(SECOND_AND_FIRST.get());
        journeys.sendAll(events.subList(1, 2));
        journeys.startWith(VisitorNames.by(SECOND));
        journeys.sendAll(events.subList(2, 4));
        journeys.publish();
        assertThat(journeys.windowsCsv()).isEqualTo(BatchOracle.windowsCsv(events, OracleSettings.DEFAULT));
        assertThat(journeys.storedVisitors())
                .as("swept")
                .doesNotContain(VisitorNames.by(FIRST).name(bytes("ann")));
    }

    private static JourneysDriver withStateOf(Supplier<VisitorNames> names) {
        JourneysDriver journeys = new JourneysDriver(OracleSettings.DEFAULT, NOW);
        journeys.startWith(names.get());
        journeys.sendAll(List.of(visit("v1", "ann", TEN)));
        return journeys;
    }

    private static void assertRefuses(JourneysDriver journeys, VisitorNames names, String cause) {
        assertThatThrownBy(() -> journeys.startWith(names))
                .isInstanceOf(OtherVisitorKeyException.class)
                .hasMessageContaining("input partition 0")
                .hasMessageContaining(cause);
    }

    @Test
    void anInstanceWithAnotherKeyOrWithoutOneIsRefused() {
        JourneysDriver journeys = withStateOf(FIRST_KEY);
        String pseudonyms = "stored under pseudonyms of the key with fingerprint "
                + FIRST_KEY.get().fingerprint();
        assertRefuses(journeys, VisitorNames.by(SECOND), pseudonyms);
        assertRefuses(journeys, VisitorNames.byKeySinceIds(SECOND), pseudonyms);
        assertRefuses(journeys, VisitorNames.asTheyCome(), "this configuration has no key");
        journeys.startWith(FIRST_KEY.get());
        journeys.sendAll(List.of(visit("v2", "ann", TEN + 1_000)));
        assertThat(journeys.storedVisitors()).containsExactly(FIRST_KEY.get().name(bytes("ann")));
    }

    @Test
    void theFirstKeyOfARunningShopIsRefusedUnlessItIsSaidThatThereWasNone() {
        JourneysDriver journeys = withStateOf(NO_KEY);
        assertRefuses(journeys, FIRST_KEY.get(), "stored under their ids");
        assertRefuses(journeys, FIRST_AND_SECOND.get(), "stored under their ids");
        journeys.startWith(FIRST_SINCE_IDS.get());
        journeys.startWith(FIRST_KEY.get());
        assertRefuses(journeys, VisitorNames.asTheyCome(), "this configuration has no key");
    }

    @Test
    void aChangeOfTheKeyIsGoneBackInOnlyByNamingTheNewerAsTheOneBefore() {
        JourneysDriver journeys = withStateOf(FIRST_KEY);
        journeys.startWith(SECOND_AND_FIRST.get());
        assertRefuses(journeys, FIRST_KEY.get(), VisitorNames.by(SECOND).fingerprint());
        journeys.startWith(FIRST_AND_SECOND.get());
        assertRefuses(journeys, VisitorNames.by(SECOND), FIRST_KEY.get().fingerprint());
        journeys.startWith(FIRST_KEY.get());
    }

    @Test
    void theKeyBeforeCanBeTakenOutOfAPartitionThatNobodyCameToMeanwhile() {
        JourneysDriver journeys = withStateOf(FIRST_KEY);
        journeys.startWith(SECOND_AND_FIRST.get());
        journeys.startWith(VisitorNames.by(SECOND));
    }

    @Test
    void stateOfTheVersionBeforeTakesTheKeyThatItIsGiven() {
        for (Supplier<VisitorNames> names : List.of(NO_KEY, FIRST_KEY, FIRST_SINCE_IDS, SECOND_AND_FIRST)) {
            JourneysDriver journeys = withStateOf(FIRST_KEY);
            journeys.endAsTheVersionBefore();
            journeys.startWith(names.get());
            assertRefuses(
                    journeys,
                    VisitorNames.by(bytes("a third key that is as long as it must be")),
                    names.get().arePseudonyms() ? names.get().fingerprint() : "their ids");
        }
    }

    /** Nothing is stored that could be taken for somebody else's. */
    @Test
    void aPartitionThatNothingWasReadOfTakesAnyKey() {
        JourneysDriver journeys = new JourneysDriver(OracleSettings.DEFAULT, NOW);
        for (Supplier<VisitorNames> names : List.of(FIRST_KEY, NO_KEY, SECOND_AND_FIRST)) {
            journeys.startWith(names.get());
        }
    }

    @Test
    void aKeyThatIsNotTheVisitorIsStillRejectedAndNotPseudonymised() {
        PipelineSettings settings = PipelineDriver.settings(OracleSettings.DEFAULT, 512 * 1024);
        try (PipelineDriver pipeline = new PipelineDriver(settings, NOW, FIRST_KEY.get())) {
            EventRow ann = visit("v1", "ann", TEN);
            pipeline.send(EventType.VISIT, "bob", pipeline.bytes(ann));
            String pseudonym = VisitorNames.by(FIRST).name(bytes("ann"));
            pipeline.send(EventType.VISIT, pseudonym, pipeline.bytes(ann));
            pipeline.send(ann);
            pipeline.pass(Duration.ofSeconds(1));
            assertThat(pipeline.ledger().get(EventType.VISIT, Rejection.WRONG_KEY))
                    .isEqualTo(2);
            assertThat(pipeline.storedJourneys()).isEqualTo(1);
        }
    }

    /** Many faults are found before it is seen whether the key is the visitor. */
    @Test
    void aHeaderThatHoldsTheVisitorIsNotKeptWhateverElseIsWrongWithTheRecordAndItsKey() {
        PipelineSettings settings = PipelineDriver.settings(OracleSettings.DEFAULT, 512 * 1024);
        EventRow free = EventRow.click("c1", "ann", "mug", "ads", null, 1, TEN);
        EventRow negative = EventRow.click("c1", "ann", "mug", "ads", null, -1, TEN);
        try (PipelineDriver pipeline = new PipelineDriver(settings, NOW, FIRST_KEY.get())) {
            for (String key : Arrays.asList("bob", "ann", null)) {
                for (byte[] value : Arrays.asList(
                        pipeline.bytes(negative),
                        pipeline.bytes(free.withId(" ")),
                        pipeline.bytes(EventRow.click("c1", "ann", "mug", "ads", null, 1, -5)),
                        bytes("no Avro at all of ann"),
                        null)) {
                    RecordHeaders headers = new RecordHeaders();
                    headers.add("user", bytes("ann")).add("ann-session", bytes("17"));
                    pipeline.send(EventType.CLICK, key, value, headers);
                }
            }
            assertThat(pipeline.read(PipelineDriver.DEAD))
                    .hasSize(15)
                    .allSatisfy(refused -> assertThat(refused.headers()).allSatisfy(header -> {
                        assertThat(header.key()).startsWith("weir.");
                        assertThat(new String(header.value(), StandardCharsets.UTF_8))
                                .doesNotContain("ann");
                    }));
        }
    }
}
