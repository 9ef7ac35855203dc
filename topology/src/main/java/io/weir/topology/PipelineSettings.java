package io.weir.topology;

import io.weir.domain.EventType;
import io.weir.domain.Rules;
import io.weir.domain.WindowSize;
import io.weir.domain.Windowing;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

/**
 * All that the topology can be told.
 *
 * @param inputTopics the topic of each input; all have {@code inputPartitions} partitions
 * @param windowsTopic where window results go
 * @param lateTopic where late events go, as they came
 * @param deadLetterTopic where rejected records go, as they came
 * @param forgetTopic where it is asked for visitors to be forgotten; with as many partitions as the inputs
 * @param windows which window sizes are computed
 * @param zone whose calendar days are meant
 * @param maxFutureSkew how far ahead of the wall clock an event time may be
 * @param publishInterval how often changed rows are published, wall-clock time
 * @param idleTimeout how long a partition must be silent and caught up to stop holding back the watermark
 * @param retention how long rows of each size are kept behind the watermark for serving and corrections
 * @param creditRetention how long it is kept behind stream time what payments are credited to; zero for not at all
 * @param maxFieldLength how many UTF-16 characters a text of an event may have
 * @param maxJourneyBytes how large one visitor's stored journey may grow
 * @param maxKeptBytes how large a record the late and the dead-letter topic take
 * @param exactlyOnce whether state, offsets and what is sent are committed together
 */
public record PipelineSettings(
        Map<EventType, String> inputTopics,
        int inputPartitions,
        String windowsTopic,
        String lateTopic,
        String deadLetterTopic,
        String forgetTopic,
        Rules rules,
        Set<WindowSize> windows,
        ZoneId zone,
        Duration maxFutureSkew,
        Duration publishInterval,
        Duration idleTimeout,
        Map<WindowSize, Duration> retention,
        Duration creditRetention,
        int maxFieldLength,
        int maxJourneyBytes,
        int maxKeptBytes,
        boolean exactlyOnce) {

    Windowing windowing() {
        return new Windowing(windows, zone);
    }

    String inputTopic(EventType input) {
        String topic = inputTopics.get(input);
        if (topic == null) {
            throw new IllegalStateException("no topic for " + input.plural());
        }
        return topic;
    }

    long retentionMs(WindowSize size) {
        Duration kept = retention.get(size);
        return kept == null ? Long.MAX_VALUE : kept.toMillis();
    }
}
