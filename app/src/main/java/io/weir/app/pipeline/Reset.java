package io.weir.app.pipeline;

import io.weir.app.config.ConfigKeys;
import io.weir.app.config.WeirConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Takes an application back to before its first start, so that the next one reads the inputs from their beginning: its
 * offsets, its internal topics and its state on this machine go, and its results where that is wanted.
 */
public final class Reset {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int POLLS = 150;

    private final WeirConfig config;
    private final Admin admin;
    private final String application;

    /**
     * What is there to go.
     *
     * @param group the consumer group with its offsets is there
     * @param internal internal topics to delete
     * @param emptied results to empty; the topics stay
     * @param folders state to delete
     */
    public record Plan(boolean group, SortedSet<String> internal, SortedSet<String> emptied, List<Path> folders) {
        public boolean isEmpty() {
            return !group && internal.isEmpty() && emptied.isEmpty() && folders.isEmpty();
        }
    }

    /** The application cannot be reset, or not wholly; the message names the cause and the cure for people. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }

        RefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    public Reset(WeirConfig config, Admin admin) {
        this.config = config;
        this.admin = admin;
        this.application = config.applicationId();
    }

    /**
     * What {@link #execute} would do now; changes nothing.
     *
     * @param outputs empty the results, too
     * @throws RefusedException while an instance is active, or if Kafka does not answer
     */
    public Plan plan(boolean outputs) throws InterruptedException {
        try {
            // First, since of all questions this one tells best that Kafka does not answer.
            Set<String> existing = admin.listTopics().names().get();
            boolean group = isThereAndUnused();
            List<Path> folders = StateFolders.unused(config);
            TopologyTopics topics = TopologyTopics.of(config);
            SortedSet<String> emptied = outputs ? topics.outputs() : new TreeSet<>();
            return new Plan(group, those(topics.internal(), existing), those(emptied, existing), folders);
        } catch (ExecutionException e) {
            throw new RefusedException(reason(e), e);
        }
    }

    private static SortedSet<String> those(SortedSet<String> wanted, Set<String> existing) {
        SortedSet<String> found = new TreeSet<>(wanted);
        found.retainAll(existing);
        return found;
    }

    /** Whether the group is there; refuses when somebody is in it. */
    private boolean isThereAndUnused() throws InterruptedException, ExecutionException {
        for (GroupListing group : admin.listGroups().all().get()) {
            if (group.groupId().equals(application)) {
                GroupState state = group.groupState().orElse(GroupState.UNKNOWN);
                if (state != GroupState.EMPTY && state != GroupState.DEAD) {
                    throw new RefusedException("instances of " + application + " are active (the group is " + state
                            + "). Stop all of them; one that was killed is forgotten after its session timeout,"
                            + " 45 seconds unless kafka.session.timeout.ms says otherwise. Then try again.");
                }
                return state == GroupState.EMPTY;
            }
        }
        return false;
    }

    /** Does it; what is gone already is no error, so it can be done again after a failure, and on other machines. */
    public void execute(Plan plan) throws InterruptedException {
        try {
            for (Path folder : plan.folders()) {
                StateFolders.delete(folder);
            }
            empty(plan.emptied());
            if (!plan.internal().isEmpty()) {
                admin.deleteTopics(plan.internal()).all().get();
                awaitGone(plan.internal());
            }
            if (plan.group()) {
                admin.deleteConsumerGroups(List.of(application)).all().get();
            }
        } catch (IOException e) {
            throw incomplete(e.toString(), e);
        } catch (ExecutionException e) {
            throw incomplete(reason(e), e);
        }
    }

    private static RefusedException incomplete(String reason, Exception cause) {
        return new RefusedException(
                "the reset is not complete: " + reason + ". Cure that and run it again before Weir is started.", cause);
    }

    private void empty(SortedSet<String> topics) throws InterruptedException, ExecutionException {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (TopicDescription topic : admin.describeTopics(new ArrayList<>(topics))
                .allTopicNames()
                .get()
                .values()) {
            topic.partitions()
                    .forEach(partition -> all.put(
                            new TopicPartition(topic.name(), partition.partition()),
                            // To the end as the broker knows it.
                            RecordsToDelete.beforeOffset(-1)));
        }
        admin.deleteRecords(all).all().get();
    }

    /** Brokers delete topics after they have said so; one that starts now would find them still there. */
    private void awaitGone(Set<String> topics) throws InterruptedException, ExecutionException {
        for (int poll = 0; poll < POLLS; poll++) {
            if (those(new TreeSet<>(topics), admin.listTopics().names().get()).isEmpty()) {
                return;
            }
            Thread.sleep(POLL.toMillis());
        }
        throw new RefusedException("the brokers have not deleted " + topics + " within "
                + POLL.multipliedBy(POLLS).toSeconds() + " s. Run it again before Weir is started.");
    }

    private String reason(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof RetriableException) {
            return "Kafka at " + config.text(ConfigKeys.BOOTSTRAP_SERVERS) + " does not answer (" + cause.getMessage()
                    + "); is it running, and is " + ConfigKeys.BOOTSTRAP_SERVERS + " right?";
        }
        if (cause instanceof PolicyViolationException) {
            return "a topic of results does not let records be deleted (" + cause.getMessage()
                    + "); its cleanup.policy must contain delete";
        }
        boolean refused = cause instanceof AuthorizationException;
        return cause.getMessage() + (refused ? " ./weir acls --for reset prints what has to be allowed." : "");
    }
}
