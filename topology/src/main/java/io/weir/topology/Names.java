package io.weir.topology;

/** The name of each store, node, internal topic and header, declared once. Changing one loses the state behind it. */
public final class Names {
    public static final String READ_EVENTS = "read-events";
    public static final String JOURNEYS = "journeys";
    public static final String TOTALS = "totals";
    public static final String WRITE_WINDOWS = "write-windows";
    public static final String WRITE_LATE_EVENTS = "write-late-events";
    public static final String WRITE_DEAD_LETTERS = "write-dead-letters";

    /** The number of the part of the topology that reads events, with all its stores. */
    public static final int JOURNEYS_SUBTOPOLOGY = 0;

    /** The number of the part that adds the partitions up, with all its stores. */
    public static final int TOTALS_SUBTOPOLOGY = 1;

    /** One visitor's journey each. */
    public static final String JOURNEYS_STORE = "journeys";

    /** What one partition's payments are credited to and why, by order. */
    public static final String CREDITS_STORE = "credits";

    /** What one partition's visitors add up to, per open window and dimension key. */
    public static final String PARTITION_TOTALS_STORE = "partition-totals";

    /** How far the partition has been read. */
    public static final String PARTITION_PROGRESS_STORE = "partition-progress";

    /** What each source has cost and been credited with in this partition. */
    public static final String PARTITION_FACTS_STORE = "partition-facts";

    /** What the partitions said last about each window and dimension key. */
    public static final String TOTALS_STORE = "totals";

    /** How many of each minute's visitors came back, per dimension key. */
    public static final String COME_BACKS_STORE = "come-backs";

    /** The measures of each dimension key in the rolling windows. */
    public static final String ROLLING_STORE = "rolling";

    /** How far each partition had come when it said so. */
    public static final String TOTALS_PROGRESS_STORE = "totals-progress";

    /** The internal topic between the processors, after the application id; the suffix is Kafka's. */
    public static final String PUBLICATIONS = "publications";

    /** Why a record was rejected, or {@code late}. */
    public static final String REASON_HEADER = "weir.reason";

    /** The same for people. */
    public static final String DETAIL_HEADER = "weir.detail";

    public static final String TOPIC_HEADER = "weir.topic";
    public static final String PARTITION_HEADER = "weir.partition";
    public static final String OFFSET_HEADER = "weir.offset";

    /** Of a record too large to be kept: how many bytes it took up, with its headers. Others do not have it. */
    public static final String LEFT_OUT_HEADER = "weir.left.out";

    private Names() {}
}
