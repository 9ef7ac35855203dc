package io.weir.topology;

import io.weir.topology.CrashPoints.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays one seed: the real processors and stores, driven step by step in a random order, with crashes between any two
 * steps and within them. The same seed always plays the same.
 */
final class Simulation {
    private static final int MOST_CRASHES = 8;

    private final SimulatedStory story;
    private final Random random;
    private final @Nullable List<String> log;
    private final SimulatedCluster cluster;
    private int armed = 0;

    private Simulation(long seed, boolean logged) {
        story = SimulatedStory.ofSeed(seed);
        random = new Random(seed ^ 0x5DEECE66DL);
        log = logged ? new ArrayList<>() : null;
        cluster = new SimulatedCluster(story, random, this::note);
    }

    private void note(Supplier<String> step) {
        if (log != null) {
            log.add(step.get());
        }
    }

    /**
     * Plays a seed to its end and checks it.
     *
     * @throws AssertionError if something does not hold, with all that is needed to see it again
     */
    static Simulation play(long seed) {
        Simulation simulation = new Simulation(seed, false);
        try {
            simulation.run();
            return simulation;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\n" + replay(seed), e);
        }
    }

    /** What failed in the first of these seeds that fails; null if none does. */
    static @Nullable String firstFailure(long from, long to) {
        for (long seed = from; seed < to; seed++) {
            try {
                new Simulation(seed, false).run();
            } catch (AssertionError | RuntimeException e) {
                return seed + " " + e;
            }
        }
        return null;
    }

    /** The story and every step of a seed, and how to play it alone. */
    static String replay(long seed) {
        Simulation simulation = new Simulation(seed, true);
        try {
            simulation.run();
        } catch (AssertionError | RuntimeException e) {
            simulation.note(() -> "FAILS: " + e);
        }
        return "./weir test -pl schemas,topology -Dtest=SimulatorTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dweir.seed=" + seed + "\n" + simulation.story + String.join("\n", simulation.log);
    }

    SimulatedStory story() {
        return story;
    }

    SimulatedVerdict verdict() {
        return new SimulatedVerdict(story, cluster);
    }

    Map<Place, Integer> crashes() {
        return cluster.points().crashes();
    }

    private void run() {
        cluster.allTasks().forEach(task -> cluster.start(task, random.nextInt(SimulatedCluster.PROCESSES)));
        int steps = 40 + random.nextInt(6 * story.arrivals().size());
        while (steps-- > 0) {
            step();
        }
        while (cluster.append()) {
            step();
            step();
        }
        cluster.setBrokerAnswers(true);
        cluster.setFarBehind(false);
        settle();
        cluster.points().disarm();
        settle();
        settle();
        if (story.silences()) {
            cluster.pass(story.pipeline().idleTimeout().toMillis());
            settle();
        }
        verdict().check();
    }

    private void step() {
        int draw = random.nextInt(100);
        if (draw < 16) {
            cluster.append();
        } else if (draw < 46) {
            SimulatedJourneys task = oneOf(cluster.journeys());
            times(4, () -> whenRunning(task, () -> cluster.read(task)));
        } else if (draw < 57) {
            SimulatedJourneys task = oneOf(cluster.journeys());
            times(3, () -> whenRunning(task, () -> cluster.read(task)));
            whenRunning(task, () -> cluster.interval(task));
        } else if (draw < 71) {
            SimulatedTotals task = oneOf(cluster.totals());
            times(12, () -> whenRunning(task, () -> cluster.read(task)));
        } else if (draw < 75) {
            SimulatedTotals task = oneOf(cluster.totals());
            whenRunning(task, () -> cluster.interval(task));
        } else if (draw < 84) {
            cluster.commit(random.nextInt(SimulatedCluster.PROCESSES));
        } else if (draw < 90) {
            pass();
        } else {
            disturb();
        }
    }

    private void pass() {
        cluster.setBrokerAnswers(random.nextInt(5) > 0);
        cluster.setFarBehind(random.nextInt(8) == 0);
        cluster.pass(random.nextInt(random.nextInt(3) == 0 ? 40_000 : 3_000));
    }

    private void disturb() {
        int draw = random.nextInt(10);
        if (draw < 5) {
            arm();
        } else if (draw < 7 && story.exactlyOnce()) {
            cluster.abortTransaction(random.nextInt(SimulatedCluster.PROCESSES));
        } else {
            SimulatedTask<?, ?> task = oneOf(cluster.allTasks());
            whenRunning(task, () -> cluster.release(task));
        }
    }

    private void arm() {
        if (armed < MOST_CRASHES && !cluster.points().isArmed()) {
            armed++;
            boolean anywhere = random.nextBoolean();
            Place[] places = Place.values();
            cluster.points()
                    .arm(
                            random.nextInt(anywhere ? 1 + random.nextInt(150) : 4),
                            anywhere ? null : places[random.nextInt(places.length)]);
        }
    }

    /** A task that is down starts first, mostly. */
    private void whenRunning(SimulatedTask<?, ?> task, Runnable step) {
        if (!task.isRunning() && random.nextInt(4) > 0) {
            cluster.start(task, random.nextInt(SimulatedCluster.PROCESSES));
        }
        if (task.isRunning()) {
            step.run();
        }
    }

    private void times(int most, Runnable step) {
        for (int left = 1 + random.nextInt(most); left > 0; left--) {
            step.run();
        }
    }

    /** Starts what is down, reads and publishes all, and commits. */
    private void settle() {
        cluster.allTasks().stream()
                .filter(task -> !task.isRunning())
                .forEach(task -> cluster.start(task, random.nextInt(SimulatedCluster.PROCESSES)));
        for (SimulatedJourneys task : cluster.journeys()) {
            while (task.isRunning() && !task.isCaughtUp()) {
                cluster.read(task);
            }
        }
        cluster.pass(JourneysProcessor.CATCH_UP_INTERVAL_MS);
        cluster.journeys().stream()
                .filter(SimulatedTask::isRunning)
                .forEach(task -> task.catchUp(() -> cluster.interval(task)));
        commitAll();
        for (SimulatedTotals task : cluster.totals()) {
            while (task.isRunning() && !task.isCaughtUp()) {
                cluster.read(task);
            }
        }
        cluster.totals().stream()
                .filter(SimulatedTask::isRunning)
                .forEach(task -> task.catchUp(() -> cluster.interval(task)));
        commitAll();
    }

    private void commitAll() {
        for (int process = 0; process < SimulatedCluster.PROCESSES; process++) {
            cluster.commit(process);
        }
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
