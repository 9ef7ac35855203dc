package io.weir.app.system.bad;

import io.weir.domain.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;

/** Schemas of one input that differ from ours in one field. */
final class Evolved {
    private final Corpus corpus;
    private final EventType input;
    private final String field;

    Evolved(Corpus corpus, EventType input, String field) {
        this.corpus = corpus;
        this.input = input;
        this.field = field;
    }

    /** A text that no other record has, since it may be an id. */
    String text() {
        return "evolved-" + corpus.size();
    }

    void retyped(String name, String outcome, Schema type, Object value) {
        add(name, outcome, each -> SchemaCases.copy(each, type), value);
    }

    void add(String name, String outcome, UnaryOperator<Schema.Field> change, Object value) {
        add(name, outcome, change, value, value);
    }

    /** @param counted what the value stands for, if the record is accepted */
    void add(String name, String outcome, UnaryOperator<Schema.Field> change, Object value, Object counted) {
        String whole = field + " " + name;
        boolean isAccepted = outcome.equals("accepted");
        Schema schema = changed(change);
        Fields written = corpus.event(input)
                .with(field, value)
                .with(field + "_new", value)
                .with("time", value);
        Fields meant = corpus.event(input).with(field, counted);
        byte[] bytes = corpus.bytes(corpus.register(input + " " + whole, schema), schema, written);
        String partOfKey = isAccepted ? "accepted" : "rejected " + outcome;
        corpus.add(
                whole,
                Corpus.AMONG_GOOD,
                isAccepted ? meant.key() : Fields.of(input, "", 0).key(),
                bytes,
                partOfKey,
                meant,
                input);
    }

    void more(String name, Schema type, Object value) {
        Schema schema = with(type);
        Fields event = corpus.event(input);
        byte[] bytes = corpus.bytes(corpus.register(input + " " + name, schema), schema, event.with("extra", value));
        corpus.add(name, Corpus.AMONG_GOOD, "accepted", event, bytes);
    }

    /** A field before all others that says it is large. */
    void claim(String name, Schema type, byte[] claim) {
        claim("undecodable", name, type, claim);
    }

    void claim(String reason, String name, Schema type, byte[] claim) {
        byte[] good = corpus.bytes(corpus.event(input));
        byte[] rest = Arrays.copyOfRange(good, 5, good.length);
        int id = corpus.register(input + " " + name, with(type));
        corpus.rejected(reason, name, input, Corpus.framed(id, FramingCases.concat(claim, rest)));
    }

    private Schema with(Schema type) {
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(new Schema.Field("extra", type));
        Schema ours = Corpus.schema(input);
        ours.getFields().forEach(each -> fields.add(SchemaCases.copy(each, each.schema())));
        return Schema.createRecord(ours.getName(), null, ours.getNamespace(), false, fields);
    }

    private Schema changed(UnaryOperator<Schema.Field> change) {
        List<Schema.Field> fields = new ArrayList<>();
        Schema ours = Corpus.schema(input);
        for (Schema.Field each : ours.getFields()) {
            Schema.Field taken = each.name().equals(field) ? change.apply(each) : SchemaCases.copy(each, each.schema());
            if (taken != null) {
                fields.add(taken);
            }
        }
        return Schema.createRecord(ours.getName(), null, ours.getNamespace(), false, fields);
    }
}
