package io.weir.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/**
 * A schema as its {@code .avsc} file says it, without the {@code avro.java.string} marks that the Java generator adds,
 * so that producers in every language register one and the same schema and get the same id.
 */
final class PortableSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STRING_MARK = "avro.java.string";

    private PortableSchema() {}

    static Schema of(Schema schema) {
        try {
            JsonNode tree = JSON.readTree(schema.toString());
            return parse(withoutMarks(tree).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro wrote a schema that is not JSON", e);
        }
    }

    /** @throws org.apache.avro.SchemaParseException if the text is not an Avro schema */
    static Schema parse(String text) {
        return new Schema.Parser().parse(text);
    }

    private static JsonNode withoutMarks(JsonNode node) {
        if (node.isArray()) {
            var copy = JSON.createArrayNode();
            node.forEach(item -> copy.add(withoutMarks(item)));
            return copy;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode copy = JSON.createObjectNode();
        node.properties().stream()
                .filter(property -> !property.getKey().equals(STRING_MARK))
                .forEach(property -> copy.set(property.getKey(), withoutMarks(property.getValue())));
        boolean onlyType = copy.size() == 1 && node.has(STRING_MARK) && copy.has("type");
        return onlyType ? copy.get("type") : copy;
    }
}
