package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.app.broker.BrokerProcess;
import io.weir.app.pipeline.Pipeline;
import io.weir.domain.Credit;
import io.weir.oracle.CreditReading;
import io.weir.oracle.EventRow;
import io.weir.oracle.OracleSettings;
import io.weir.topology.FiguresListener;
import io.weir.topology.ServedCredits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of an order, of instances on a real broker. */
@ExtendWith(SharedBroker.class)
class ServedCreditsTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final List<EventRow> EVENTS = Events.ofShop(31, Instant.parse("2026-03-02T18:00:00Z"), 10, 6_000);
    private static final Map<String, Credit> EXPECTED = CreditReading.creditsOf(EVENTS, OracleSettings.DEFAULT);

    @TempDir
    Path folder;

    private final Deque<Pipeline> instances = new ArrayDeque<>();

    private Pipeline start(Application weir) throws Exception {
        String stateDir = folder.resolve("state-" + instances.size()).toString();
        Map<String, String> own = Map.of("state.dir", stateDir, "stream.threads", "1");
        Pipeline started =
                Pipeline.start(weir.config().with(own), weir.registry().registry(), new FiguresListener() {});
        instances.push(started);
        return started;
    }

    @AfterEach
    void stop() {
        instances.forEach(Pipeline::close);
    }

    private static Set<String> orders() {
        Set<String> orders = new HashSet<>();
        EXPECTED.values().forEach(credit -> orders.add(credit.orderId()));
        return orders;
    }

    /** What the instances know, by payment; each payment is known to one of them only. */
    private static Map<String, Credit> known(Iterable<Pipeline> asked) {
        Map<String, Credit> found = new HashMap<>();
        for (Pipeline instance : asked) {
            ServedCredits credits = new ServedCredits(instance.streams());
            for (String order : orders()) {
                for (Credit credit : credits.find(order)) {
                    assertThat(credit.orderId()).isEqualTo(order);
                    assertThat(found.put(credit.paymentId(), credit))
                            .as(credit.paymentId())
                            .isNull();
                }
            }
        }
        return found;
    }

    @Test
    void instancesThatComeAndGoAnswerForTheOrdersOfTheirPartitionsAndNeverWrongly(BrokerProcess broker)
            throws Exception {
        try (Application weir = new Application("credits", broker, folder, Map.of())) {
            Pipeline first = start(weir);
            weir.publish(EVENTS);
            await().atMost(LONG)
                    .ignoreExceptionsInstanceOf(InvalidStateStoreException.class)
                    .untilAsserted(() -> assertThat(known(instances)).isEqualTo(EXPECTED));

            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> askUntil(done, first));
            Pipeline second = start(weir);
            await().atMost(LONG)
                    .ignoreExceptionsInstanceOf(InvalidStateStoreException.class)
                    .untilAsserted(() -> {
                        assertThat(known(List.of(second))).isNotEmpty();
                        assertThat(known(instances)).isEqualTo(EXPECTED);
                    });
            instances.remove(second);
            second.close();
            await().atMost(LONG)
                    .ignoreExceptionsInstanceOf(InvalidStateStoreException.class)
                    .untilAsserted(() -> assertThat(known(instances)).isEqualTo(EXPECTED));
            done.set(true);
            asking.get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThatThrownBy(() -> new ServedCredits(second.streams()).find("any"))
                    .isInstanceOf(InvalidStateStoreException.class);
        }
    }

    /** Whatever goes on: an answer is right, or there is none, or the exception says that there cannot be one now. */
    private static void askUntil(AtomicBoolean done, Pipeline instance) {
        ServedCredits credits = new ServedCredits(instance.streams());
        while (!done.get()) {
            for (String order : orders()) {
                try {
                    credits.find(order)
                            .forEach(credit -> assertThat(credit).isEqualTo(EXPECTED.get(credit.paymentId())));
                } catch (InvalidStateStoreException e) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void instancesThatOwnNoOrdersSaySoInsteadOfFailing(BrokerProcess broker) throws Exception {
        try (Application weir = new Application("idle", broker, folder, Map.of("topic.partitions", "1"))) {
            start(weir);
            start(weir);
            start(weir);
            weir.publish(EVENTS);
            await().atMost(LONG)
                    .ignoreExceptionsInstanceOf(InvalidStateStoreException.class)
                    .untilAsserted(() -> {
                        assertThat(known(instances)).isEqualTo(EXPECTED);
                        assertThat(instances)
                                .filteredOn(instance -> known(List.of(instance)).isEmpty())
                                .hasSize(2);
                    });
        }
    }
}
