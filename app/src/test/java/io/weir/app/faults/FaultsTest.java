package io.weir.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.app.system.Child;
import io.weir.dose.Dose;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Whatever befalls instances, broker and network while events flow, the figures are those of the batch computation. */
@Tag("dose")
class FaultsTest {
    @TempDir
    static Path brokerFolder;

    private static FragileBroker broker;

    @TempDir
    Path folder;

    private final Random random = new Random(Dose.SEED);

    @BeforeAll
    static void startBroker() throws Exception {
        broker = FragileBroker.start(brokerFolder);
    }

    @AfterAll
    static void endBroker() throws Exception {
        broker.close();
    }

    @Test
    void killsInEveryPhaseOfACommitLoseNothingAndCountNothingTwice() throws Exception {
        Map<String, Integer> hits = new TreeMap<>();
        Dose dose = Dose.of("kill -9", 10, 200);
        try (Trial trial = new Trial("kills", broker, folder, Map.of())) {
            trial.begin(3);
            for (int kill = 0; dose.again(); kill++) {
                int victim = 1 + random.nextInt(3);
                String hit = kill % 5 < 4
                        ? killIn(CommitPhase.values()[kill % 5], trial, victim)
                        : killAtRandom(trial, victim);
                hits.merge(hit, 1, Integer::sum);
                trial.start(victim);
                if (random.nextBoolean()) {
                    trial.awaitProgress();
                }
            }
            trial.judge();
            System.out.printf("kill -9 %s; where they hit: %s; %s%n", dose, hits, trial);
        }
        for (CommitPhase phase : CommitPhase.values()) {
            assertThat(hits).as("every phase was hit").containsKey(phase.name());
        }
    }

    /** Says where it hit: an instance that owns nothing at the time passes no phase. */
    private String killIn(CommitPhase phase, Trial trial, int victim) throws Exception {
        Aim aim = trial.aim(victim);
        aim.at(phase, random.nextInt(6));
        String hit = phase.name();
        try {
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .until(aim::isReached);
        } catch (ConditionTimeoutException e) {
            hit = "ELSEWHERE";
        }
        trial.kill(victim);
        return hit;
    }

    private String killAtRandom(Trial trial, int victim) throws Exception {
        assertThat(trial.instance(victim).endsWithin(Duration.ofMillis(random.nextInt(4_000))))
                .as("dies of the kill only")
                .isFalse();
        trial.kill(victim);
        return "ANY_MOMENT";
    }

    @Test
    void whatAnInstanceDoesAfterItWasTakenForDeadDoesNotCount() throws Exception {
        Dose dose = Dose.of("SIGSTOP and SIGCONT", 3, 50);
        try (Trial trial = new Trial("zombies", broker, folder, Map.of())) {
            trial.begin(2);
            while (dose.again()) {
                int victim = 1 + random.nextInt(2);
                trial.instance(victim).pause();
                trial.awaitOwnsAll(3 - victim);
                assertThat(trial.instance(victim).endsWithin(Duration.ofMillis(random.nextInt(2_000))))
                        .isFalse();
                trial.instance(victim).resume();
                trial.awaitProgress();
            }
            trial.judge();
            System.out.printf("SIGSTOP and SIGCONT %s; %s%n", dose, trial);
        }
    }

    @Test
    void aBrokerThatIsKilledAndAConnectionThatIsCutOrSlowLoseNothing() throws Exception {
        Dose dose = Dose.of("broker killed, connections cut, connections slow", 3, 50);
        try (Trial trial = new Trial("network", broker, folder, Map.of())) {
            trial.begin(2);
            while (dose.again()) {
                broker.kill();
                hold(trial, random.nextInt(3_000));
                broker.startAgain();
                trial.awaitProgress();
                broker.proxy().cut();
                hold(trial, random.nextInt(8_000));
                broker.proxy().mend();
                trial.awaitProgress();
                broker.proxy().delay(Duration.ofMillis(50 + random.nextInt(200)));
                hold(trial, 3_000);
                broker.proxy().mend();
                trial.awaitProgress();
            }
            trial.judge();
            System.out.printf("broker killed, connections cut, connections slow: %s each; %s%n", dose, trial);
        }
    }

    /** As Kafka 4.3.1 does it now and then when the group's coordinator starts again. */
    @Test
    void whatKafkaHandsOutAgainAfterItLostTheOffsetsDoesNotCountAgain() throws Exception {
        Map<String, String> keepingPublications = Map.of("kafka.repartition.purge.interval.ms", "3600000");
        try (Trial trial = new Trial("offsets", broker, folder, keepingPublications)) {
            trial.start(1);
            trial.askToForgetWhoIsToCome();
            trial.beginTraffic();
            trial.stop(1);
            trial.takeOffsetsBack();
            Child instance = trial.start(1);
            trial.awaitProgress();
            trial.judge();
            for (String topic : List.of(
                    "offsets.clicks",
                    "offsets.visits",
                    "publications-repartition",
                    trial.weir().config().forgetTopic())) {
                assertThat(instance.err()).containsPattern(topic + "-\\d comes again from offset 0, though read up to");
            }
        }
    }

    /** Lets the instances work so long; none may end of it. */
    private static void hold(Trial trial, int ms) throws InterruptedException {
        assertThat(trial.instance(1).endsWithin(Duration.ofMillis(ms)))
                .as("goes on: %s", trial.instance(1))
                .isFalse();
    }

    @Test
    @EnabledIfSystemProperty(named = "weir.long", matches = "true", disabledReason = "waits for time limits: --long")
    void anInstanceThatReachesNoBrokerEndsInTime() throws Exception {
        try (Trial trial = new Trial("unreachable", broker, folder, Map.of())) {
            trial.begin(1);
            broker.kill();
            trial.stop(1);
            broker.startAgain();
            trial.start(1);
            trial.awaitProgress();
            trial.judge();
        }
    }

    @Test
    void restartsInTurnAndMoreOrFewerInstancesChangeNoFigure() throws Exception {
        Dose dose = Dose.of("1 to 3 instances and back", 1, 20);
        try (Trial trial = new Trial("scale", broker, folder, Map.of())) {
            trial.begin(1);
            while (dose.again()) {
                trial.start(2);
                trial.start(3);
                trial.awaitProgress();
                for (int instance : trial.instances()) {
                    trial.stop(instance);
                    trial.start(instance);
                    trial.awaitProgress();
                }
                trial.stop(3);
                trial.stop(2);
                trial.awaitProgress();
            }
            trial.judge();
            System.out.printf("1 to 3 instances, restarted in turn, and back: %s; %s%n", dose, trial);
        }
    }
}
