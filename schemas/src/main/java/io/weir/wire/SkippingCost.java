package io.weir.wire;

import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Whether a record's bytes bound the work of reading it as a writer's schema says, which may have fields that we pass over.
 * Two kinds of schema let a few bytes stand for work without end: a list whose items take no bytes, of which there can be
 * any number, and records within records within records, each of which has the next one twice.
 */
final class SkippingCost {
    /** Of one record, beside the items of its lists and maps; ours have some thirty. */
    private static final int MOST_STEPS = 10_000;

    private final Map<Schema, Integer> steps = new IdentityHashMap<>();
    private final Map<Schema, Boolean> areEmpty = new IdentityHashMap<>();
    private boolean hasListOfNothing;

    private SkippingCost() {}

    /** What is wrong with the schema of a record, null if nothing is. */
    static @Nullable String problem(Schema writer) {
        SkippingCost cost = new SkippingCost();
        int all = 0;
        for (Schema.Field field : writer.getFields()) {
            all += cost.steps(field.schema());
            if (cost.hasListOfNothing) {
                return field.name()
                        + " is a list whose items take no bytes, or has one: nothing bounds how many there are";
            }
            if (all > MOST_STEPS) {
                return field.name() + " makes a record hold more than " + MOST_STEPS + " values, one within another";
            }
        }
        return null;
    }

    /** How many values are read one within another, at least; some more than {@link #MOST_STEPS} for any greater number. */
    private int steps(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> {
                Integer known = steps.get(schema);
                if (known == null) {
                    steps.put(
                            schema, 1); // Within itself it takes a byte each time, or is refused for its endless depth.
                    known = 1;
                    for (Schema.Field field : schema.getFields()) {
                        known = Math.min(MOST_STEPS + 1, known + steps(field.schema()));
                    }
                    steps.put(schema, known);
                }
                yield known;
            }
            case UNION ->
                1 + schema.getTypes().stream().mapToInt(this::steps).max().orElse(0);
            case ARRAY -> {
                hasListOfNothing |= takesNoBytes(schema.getElementType());
                yield 1 + steps(schema.getElementType());
            }
            case MAP -> 1 + steps(schema.getValueType());
            default -> 1;
        };
    }

    private boolean takesNoBytes(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> true;
            case FIXED -> schema.getFixedSize() == 0;
            case RECORD -> {
                Boolean known = areEmpty.get(schema);
                if (known == null) {
                    areEmpty.put(schema, true);
                    known = schema.getFields().stream().allMatch(field -> takesNoBytes(field.schema()));
                    areEmpty.put(schema, known);
                }
                yield known;
            }
            default -> false;
        };
    }
}
