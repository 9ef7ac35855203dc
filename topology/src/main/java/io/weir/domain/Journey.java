package io.weir.domain;

import org.jspecify.annotations.Nullable;

/**
 * One visitor's journey: the open events in total order, and the compact remains of the settled ones.
 *
 * <p>An event comes in, signed contributions come out. An event that comes last in the total order, as nearly all do,
 * is read in the light of what is known and costs constant time. One that comes earlier has the events behind it read
 * anew: where that changes what an event means, its old contribution is taken back and the new one made. All rules look
 * only backwards, so nothing before it changes. That costs time in proportion to the visitor's open events.
 *
 * <p>An event settles when stream time has passed it by more than grace; nothing can be inserted before it any more, so
 * it is folded into {@link Past} and forgotten. Settling changes no contribution, so it may be done early or late.
 *
 * <p>Not thread-safe.
 */
public final class Journey {
    /** Stream time on a partition that has accepted nothing yet. */
    public static final long NO_STREAM_TIME = Long.MIN_VALUE;

    private static final int FORMAT = 2;

    /** Nine of ten journeys take no more. */
    private static final int TYPICAL_BYTES = 256;

    /** More than the numbers, references and lengths of one event take up in {@link #toBytes}. */
    private static final int BYTES_BESIDE_TEXTS = 64;

    /** How far stream time moves on until a full journey is measured anew; measuring costs as much as storing it. */
    private static final long MEASURED_EVERY_MS = 60_000;

    private final Rules rules;
    private final Windowing windowing;
    private final Past settled;
    private final OpenEvents open = new OpenEvents();

    /** What is known after the last open event; the same object as {@link #settled} while none is open. */
    private Past latest;

    /** Stream time as this journey was last told. */
    private long streamTimeMs = NO_STREAM_TIME;

    private long lastTimeMs = Long.MIN_VALUE;
    private int sizeBound = 0;
    private long measuredAnewFromMs = NO_STREAM_TIME;

    /** A journey of which nothing is known yet. */
    public Journey(Rules rules, Windowing windowing) {
        this(rules, windowing, new Past());
    }

    private Journey(Rules rules, Windowing windowing, Past settled) {
        this.rules = rules;
        this.windowing = windowing;
        this.settled = settled;
        this.latest = settled;
    }

    /**
     * What would become of the event if it came in now: accepted, duplicate or late.
     *
     * @param streamTimeMs the greatest event time accepted so far on the partition, or {@link #NO_STREAM_TIME}
     */
    public Outcome assess(Event event, long streamTimeMs) {
        settle(streamTimeMs);
        if (open.holds(event.type(), event.id())) {
            return Outcome.DUPLICATE;
        }
        return event.timeMs() < horizonMs(streamTimeMs) ? Outcome.LATE : Outcome.ACCEPTED;
    }

    /** Takes in an event that {@link #assess} has found to be acceptable, and says what that changes. */
    public void accept(Event event, Contributions out) {
        accept(event, out, null);
    }

    /** The same. @param credits also told what payments are credited to; null when nobody wants to know */
    public void accept(Event event, Contributions out, @Nullable Credits credits) {
        int at = open.position(event);
        if (at == open.size()) {
            append(event, out, credits);
        } else {
            insert(at, event, out, credits);
        }
        lastTimeMs = Math.max(lastTimeMs, event.timeMs());
        sizeBound += sizeBound(event);
    }

    private void append(Event event, Contributions out, @Nullable Credits credits) {
        if (open.isEmpty()) {
            latest = settled.copy();
        }
        Meaning meaning = latest.interpret(event, rules, windowing);
        explain(event, meaning, latest, credits);
        latest.absorb(event, meaning);
        open.insert(open.size(), event, meaning);
        contribute(event, meaning, 1, out);
    }

    private void insert(int at, Event event, Contributions out, @Nullable Credits credits) {
        Past past = settled.copy();
        for (int i = 0; i < at; i++) {
            past.absorb(open.event(i), open.meaning(i));
        }
        Meaning meaning = past.interpret(event, rules, windowing);
        explain(event, meaning, past, credits);
        past.absorb(event, meaning);
        open.insert(at, event, meaning);
        contribute(event, meaning, 1, out);
        // Payments are no touches, so one more of them changes nothing that a later one is credited to.
        Credits changed = event.type() == EventType.PAYMENT ? null : credits;
        for (int i = at + 1; i < open.size(); i++) {
            interpretAnew(i, past, out, changed);
        }
        latest = past;
    }

    private void interpretAnew(int index, Past past, Contributions out, @Nullable Credits credits) {
        Event event = open.event(index);
        Meaning before = open.meaning(index);
        Meaning now = past.interpret(event, rules, windowing);
        explain(event, now, past, credits);
        past.absorb(event, now);
        if (!now.contributesAs(before)) {
            contribute(event, before, -1, out);
            contribute(event, now, 1, out);
        }
        open.replaceMeaning(index, now);
    }

    private void explain(Event event, Meaning meaning, Past before, @Nullable Credits credits) {
        if (credits != null && event instanceof Payment payment) {
            credits.credited(before.explain(payment, meaning, rules));
        }
    }

    private static void contribute(Event event, Meaning meaning, int sign, Contributions out) {
        DimensionKey[] keys = meaning.keys();
        for (int i = 0; i < keys.length; i++) {
            switch (event.type()) {
                case CLICK -> out.click(keys[i], event.timeMs(), ((Click) event).costMicros());
                case VISIT -> {
                    int minutesAgo = meaning.minutesAgo()[i];
                    out.visit(keys[i], event.timeMs(), meaning.newIn()[i], minutesAgo, sign);
                }
                case PAYMENT -> {
                    int minutesAgo = meaning.minutesAgo()[i];
                    out.payment(keys[i], (Payment) event, meaning.halo(), meaning.newIn()[i], minutesAgo, sign);
                }
            }
        }
        PastClick landed = meaning.landed();
        if (landed != null) {
            for (DimensionKey key : DimensionKeys.of(landed.productId(), landed.source(), landed.campaignId())) {
                out.landing(key, event.timeMs(), sign);
            }
        }
    }

    /** Folds into the past what stream time has passed by more than grace. */
    public void settle(long streamTimeMs) {
        this.streamTimeMs = streamTimeMs;
        long horizonMs = horizonMs(streamTimeMs);
        int count = 0;
        while (count < open.size() && open.event(count).timeMs() < horizonMs) {
            settled.absorb(open.event(count), open.meaning(count));
            count++;
        }
        if (count > 0) {
            open.removeFirst(count);
        }
        if (open.isEmpty()) {
            latest = settled;
        }
    }

    /** The earliest event time that is not late. */
    private long horizonMs(long streamTimeMs) {
        return streamTimeMs == NO_STREAM_TIME ? Long.MIN_VALUE : streamTimeMs - rules.graceMs();
    }

    /** The open events. */
    public int openEvents() {
        return open.size();
    }

    /** Whether {@link #toBytes} returns at most {@code maxBytes} when the event has been accepted. */
    public boolean hasRoomFor(Event event, int maxBytes) {
        int more = sizeBound(event);
        if (sizeBound + more > maxBytes && streamTimeMs >= measuredAnewFromMs) {
            toBytes();
        }
        return sizeBound + more <= maxBytes;
    }

    /** How many clicks of this visitor are held on the heap. */
    int rememberedClicks() {
        return latest.rememberedClicks();
    }

    /** No more bytes than this does {@link #toBytes} return. */
    int sizeBound() {
        return sizeBound;
    }

    /** By how much an event can raise {@link #sizeBound}. */
    private static int sizeBound(Event event) {
        int characters = event.id().length() + event.productId().length();
        if (event instanceof Click click) {
            characters += click.source().length() + lengthOf(click.campaignId());
        } else if (event instanceof Visit visit) {
            characters += lengthOf(visit.source()) + lengthOf(visit.campaignId()) + lengthOf(visit.clickId());
        } else if (event instanceof Payment payment) {
            characters += payment.orderId().length();
        }
        return BYTES_BESIDE_TEXTS + 3 * characters;
    }

    private static int lengthOf(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** The journey in binary, without what no event that is acceptable by now can need any more. */
    public byte[] toBytes() {
        if (streamTimeMs != NO_STREAM_TIME) {
            settled.forget(horizonMs(streamTimeMs), rules, windowing);
            if (latest != settled) {
                latest.forget(horizonMs(streamTimeMs), rules, windowing);
            }
            measuredAnewFromMs = streamTimeMs + MEASURED_EVERY_MS;
        }
        BinaryWriter out = new BinaryWriter(TYPICAL_BYTES);
        out.writeByte(FORMAT);
        out.writeTime(lastTimeMs);
        settled.write(out);
        out.writeCount(open.size());
        for (int i = 0; i < open.size(); i++) {
            EventFormat.write(open.event(i), out);
        }
        sizeBound = out.size();
        return out.toByteArray();
    }

    /**
     * The journey that {@link #toBytes} has written.
     *
     * @throws IllegalArgumentException if the bytes are no journey, or one of a format that this version cannot read
     */
    public static Journey fromBytes(String visitorId, byte[] bytes, Rules rules, Windowing windowing) {
        BinaryReader in = new BinaryReader(bytes);
        readFormat(in);
        long lastTimeMs = in.readTime();
        Journey journey = new Journey(rules, windowing, Past.read(in));
        for (int left = in.readSize(); left > 0; left--) {
            journey.append(EventFormat.read(visitorId, in), Contributions.NOWHERE, null);
        }
        journey.lastTimeMs = lastTimeMs;
        journey.sizeBound = bytes.length;
        return journey;
    }

    /** The greatest event time taken in; {@link Long#MIN_VALUE} before the first. */
    public long lastTimeMs() {
        return lastTimeMs;
    }

    /** The greatest event time of a journey in binary, without reading the rest. */
    public static long lastTimeMs(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        readFormat(in);
        return in.readTime();
    }

    private static void readFormat(BinaryReader in) {
        int format = in.readByte();
        if (format != FORMAT) {
            throw new StoredFormatException("the journey", format, FORMAT);
        }
    }

    /**
     * How long after its last event nothing of a journey can matter any more, milliseconds of event time behind stream
     * time.
     */
    public static long memoryMs(Rules rules) {
        long longestDayMs = 26 * 3_600_000L;
        return rules.graceMs() + Math.max(longestDayMs, Math.max(rules.landingWindowMs(), rules.attributionWindowMs()));
    }
}
