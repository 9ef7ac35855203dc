package io.weir.wire;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** Avro's rules of which schema can read what another one wrote, with findings that name the field. */
final class Compatibility {
    private static final Pattern FIELD = Pattern.compile("^/fields/(\\d+)");

    private Compatibility() {}

    /** Why the reader cannot read all that the writer may write; empty if it can. */
    static List<String> problems(Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (result.getType() == SchemaCompatibilityType.COMPATIBLE) {
            return List.of();
        }
        return result.getResult().getIncompatibilities().stream()
                .map(found -> found.getType() + " at " + place(reader, found) + ": " + found.getMessage())
                .toList();
    }

    private static String place(Schema reader, Incompatibility found) {
        Matcher field = FIELD.matcher(found.getLocation());
        if (!field.find() || reader.getType() != Schema.Type.RECORD) {
            return found.getLocation();
        }
        int position = Integer.parseInt(field.group(1));
        return position < reader.getFields().size()
                ? reader.getFields().get(position).name()
                : found.getLocation();
    }
}
