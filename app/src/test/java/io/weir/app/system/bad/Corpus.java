package io.weir.app.system.bad;

import io.weir.domain.EventType;
import io.weir.schema.Click;
import io.weir.schema.Payment;
import io.weir.schema.Visit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntBiFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Collects bad records: writes their bytes, and gives each an id and a name of its own. */
public final class Corpus {
    /** Most records are on this partition, between good ones. */
    public static final int AMONG_GOOD = 0;
    /** Accepts events of the present, so that its stream time runs ahead of all others. */
    static final int OF_TODAY = 1;
    /** Accepts the earliest events there are. */
    static final int OF_OLD = 2;
    /** Accepts the largest sums there are. */
    static final int OF_RICHES = 3;

    /** In the names of good records that end early. */
    public static final String CUT_OFF = "cut off after";

    private final ToIntBiFunction<String, Schema> register;
    private final long startMs;
    private final List<BadRecord> records = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /**
     * @param register gives a schema's id, for a subject
     * @param startMs event time of the good records' first
     */
    private Corpus(ToIntBiFunction<String, Schema> register, long startMs) {
        this.register = register;
        this.startMs = startMs;
    }

    /**
     * All records, in the order in which they are to be read.
     *
     * @param nowMs wall clock
     */
    public static List<BadRecord> records(ToIntBiFunction<String, Schema> register, long startMs, long nowMs) {
        Corpus corpus = new Corpus(register, startMs);
        FramingCases.addTo(corpus);
        SchemaCases.addTo(corpus);
        TextCases.addTo(corpus);
        NumberCases.addTo(corpus);
        TimeCases.addTo(corpus, nowMs);
        EnvelopeCases.addTo(corpus);
        return corpus.records;
    }

    int size() {
        return records.size();
    }

    long startMs() {
        return startMs;
    }

    /** A good event under an id of its own, to be changed. */
    Fields event(EventType input) {
        return Fields.of(input, "odd-" + records.size(), startMs);
    }

    /** The schema that our own producers write this input with. */
    static Schema schema(EventType input) {
        return switch (input) {
            case CLICK -> Click.getClassSchema();
            case VISIT -> Visit.getClassSchema();
            case PAYMENT -> Payment.getClassSchema();
        };
    }

    int id(EventType input) {
        return register(input.plural(), schema(input));
    }

    int register(String subject, Schema schema) {
        return register.applyAsInt(subject, schema);
    }

    /** The fields as our own producers write them. */
    byte[] bytes(Fields fields) {
        return bytes(id(fields.input()), schema(fields.input()), fields);
    }

    /** The fields as written with this schema; those that it does not know are left out. */
    byte[] bytes(int id, Schema writer, Fields fields) {
        GenericRecord record = new GenericData.Record(writer);
        for (Schema.Field field : writer.getFields()) {
            record.put(field.pos(), fields.get(field.name()));
        }
        return framed(id, avro(writer, record));
    }

    static byte[] avro(Schema writer, Object datum) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(writer, new GenericData()).write(datum, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    static byte[] framed(int id, byte[] payload) {
        return ByteBuffer.allocate(5 + payload.length)
                .put((byte) 0)
                .putInt(id)
                .put(payload)
                .array();
    }

    /** A record that is rejected for this reason, whatever its fields, under the key of a good one. */
    void rejected(String reason, String name, EventType input, byte[] value) {
        add(name, AMONG_GOOD, Fields.of(input, "", startMs).key(), value, "rejected " + reason, null, input);
    }

    void rejected(String reason, String name, Fields fields) {
        add(name, "rejected " + reason, fields);
    }

    void accepted(String name, Fields fields) {
        add(name, "accepted", fields);
    }

    void add(String name, String outcome, Fields fields) {
        add(name, AMONG_GOOD, outcome, fields, bytes(fields));
    }

    void add(String name, int partition, String outcome, Fields fields, byte[] value) {
        add(name, partition, fields.key(), value, outcome, fields, fields.input());
    }

    /** @param fields what counts if it is accepted; null if it never is */
    void add(String name, int partition, byte[] key, byte[] value, String outcome, Fields fields, EventType input) {
        add(name, partition, key, value, new RecordHeaders(), outcome, fields, input);
    }

    void add(
            String name,
            int partition,
            byte[] key,
            byte[] value,
            Headers headers,
            String outcome,
            Fields fields,
            EventType input) {
        String whole = input.plural() + ": " + name;
        if (!names.add(whole)) {
            throw new IllegalArgumentException("two records are called " + whole);
        }
        records.add(new BadRecord(
                whole,
                input,
                partition,
                key,
                value,
                headers,
                outcome,
                outcome.equals("accepted") ? fields.row() : null));
    }
}
