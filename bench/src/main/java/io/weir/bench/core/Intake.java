package io.weir.bench.core;

import io.weir.bench.Job;
import io.weir.domain.Contributions;
import io.weir.domain.Event;
import io.weir.domain.EventType;
import io.weir.domain.Journey;
import io.weir.domain.Ledger;
import io.weir.domain.Outcome;
import io.weir.domain.Rules;
import io.weir.domain.Windowing;
import io.weir.serde.EventReader;
import io.weir.serde.RejectedException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event at a time through Weir's domain core: decoded, judged, taken in by its visitor's journey. For one thread.
 */
public final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Headers NO_HEADERS = new RecordHeaders();

    private final Job job;
    private final EventReader reader;
    private final Rules rules;
    private final Windowing windowing;
    private final Ledger ledger = new Ledger();

    public Intake(Job job) {
        this.job = job;
        this.reader = job.eventReader();
        this.rules = job.rules();
        this.windowing = job.windowing();
    }

    public HeldJourney begin() {
        return HeldJourney.begin(rules, windowing);
    }

    /**
     * Takes in what arrived.
     *
     * @param held the journey of its visitor
     * @param streamTimeMs event time that everything up to has been read; {@link Journey#NO_STREAM_TIME} while not known
     * @return whether the journey has had bytes until now and has changed; see {@link HeldJourney#change}
     */
    public boolean take(Arrival arrival, HeldJourney held, long streamTimeMs, Contributions out) {
        try {
            Event event = reader.read(
                    arrival.input(),
                    job.topic(arrival.input()),
                    NO_HEADERS,
                    arrival.key(),
                    arrival.value(),
                    Job.LATEST_MS);
            Journey journey = held.journey(rules, windowing);
            Outcome outcome = journey.assess(event, streamTimeMs);
            ledger.count(arrival.input(), outcome);
            if (outcome != Outcome.ACCEPTED) {
                return false;
            }
            boolean hadBytes = held.change();
            journey.accept(event, out);
            return hadBytes;
        } catch (RejectedException e) {
            ledger.countRejected(arrival.input(), e.reason());
            return false;
        }
    }

    /** The greatest event time of a journey. */
    public long lastTimeMs(HeldJourney held) {
        return held.journey(rules, windowing).lastTimeMs();
    }

    /** How long after its last event a journey can be dropped, event time. */
    public long memoryMs() {
        return Journey.memoryMs(rules);
    }

    /** Says in the log what became of the records, if any of them does not count. */
    public void report() {
        for (EventType input : EventType.values()) {
            long counted = ledger.get(input, Outcome.ACCEPTED);
            if (counted != ledger.read(input)) {
                LOG.warn(
                        "of {} {} that were read {} count, {} are late, {} duplicates, {} rejected",
                        ledger.read(input),
                        input.plural(),
                        counted,
                        ledger.get(input, Outcome.LATE),
                        ledger.get(input, Outcome.DUPLICATE),
                        ledger.get(input, Outcome.REJECTED));
            }
        }
    }
}
