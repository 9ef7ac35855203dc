package io.weir.domain;

/** The three kinds of events. Their order here is their order within one instant. */
public enum EventType {
    CLICK("click", "clicks"),
    VISIT("visit", "visits"),
    PAYMENT("payment", "payments");

    private static final EventType[] TYPES = values();

    private final String singular;
    private final String plural;

    EventType(String singular, String plural) {
        this.singular = singular;
        this.plural = plural;
    }

    /** The type that was written as the byte {@link #ordinal}. */
    public static EventType read(BinaryReader in) {
        int ordinal = in.readByte();
        if (ordinal >= TYPES.length) {
            throw new IllegalArgumentException("no event type has the number " + ordinal);
        }
        return TYPES[ordinal];
    }

    /** The name of one such event, as in the {@code type} column of event files. */
    public String singular() {
        return singular;
    }

    /** The name of the stream of such events, as in {@code weir.clicks} and in {@code summary.json}. */
    public String plural() {
        return plural;
    }
}
