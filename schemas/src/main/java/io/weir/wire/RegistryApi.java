package io.weir.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.wire.EmbeddedSchemaRegistry.Response;
import io.weir.wire.EmbeddedSchemaRegistry.Version;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's schema registry API, version 7.9, over an {@link EmbeddedSchemaRegistry}: what serializers,
 * deserializers and the usual tools ask for. Nothing can be deleted or configured. Error codes are Confluent's.
 */
final class RegistryApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COMPATIBILITY = "BACKWARD";

    private final EmbeddedSchemaRegistry registry;

    RegistryApi(EmbeddedSchemaRegistry registry) {
        this.registry = registry;
    }

    Response handle(String method, String path, @Nullable String body) {
        try {
            int query = path.indexOf('?');
            String[] options =
                    query < 0 ? new String[0] : path.substring(query + 1).split("&");
            List<String> steps = steps(query < 0 ? path : path.substring(0, query));
            JsonNode answer = switch (method) {
                case "GET" -> get(steps, Arrays.asList(options));
                case "POST" -> post(steps, Arrays.asList(options), body);
                default -> throw new Refusal(405, "HTTP 405 Method Not Allowed");
            };
            return new Response(200, answer.toString());
        } catch (Refusal refusal) {
            return error(refusal.code, String.valueOf(refusal.getMessage()));
        } catch (IncompatibleSchemaException e) {
            return error(409, String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            return error(50001, "Error in the embedded schema registry: " + e);
        }
    }

    private JsonNode get(List<String> steps, List<String> options) throws Refusal {
        String first = steps.isEmpty() ? "" : steps.get(0);
        return switch (first) {
            case "" -> JSON.createObjectNode();
            case "schemas" -> getSchemas(steps);
            case "subjects" -> getSubjects(steps);
            case "config" -> {
                requireGlobal(steps, options, 40408, "compatibility");
                yield JSON.createObjectNode().put("compatibilityLevel", COMPATIBILITY);
            }
            case "mode" -> {
                requireGlobal(steps, options, 40409, "mode");
                yield JSON.createObjectNode().put("mode", "READWRITE");
            }
            default -> throw new Refusal(404, "HTTP 404 Not Found");
        };
    }

    private JsonNode getSchemas(List<String> steps) throws Refusal {
        if (steps.equals(List.of("schemas", "types"))) {
            return JSON.createArrayNode().add("AVRO");
        }
        if (steps.size() < 3 || steps.size() > 4 || !steps.get(1).equals("ids")) {
            throw new Refusal(404, "HTTP 404 Not Found");
        }
        int id = number(steps.get(2), 404, "HTTP 404 Not Found");
        Schema schema;
        try {
            schema = registry.schemaById(id);
        } catch (WireException e) {
            throw new Refusal(40403, "Schema " + id + " not found");
        }
        if (steps.size() == 3) {
            return JSON.createObjectNode().put("schema", schema.toString());
        }
        ArrayNode list = JSON.createArrayNode();
        switch (steps.get(3)) {
            case "schema" -> {
                return rawSchema(schema);
            }
            case "subjects" ->
                registry.versionsOf(id).stream()
                        .map(Version::subject)
                        .distinct()
                        .forEach(list::add);
            case "versions" ->
                registry.versionsOf(id)
                        .forEach(version -> list.addObject()
                                .put("subject", version.subject())
                                .put("version", version.version()));
            default -> throw new Refusal(404, "HTTP 404 Not Found");
        }
        return list;
    }

    private JsonNode getSubjects(List<String> steps) throws Refusal {
        if (steps.size() == 1) {
            ArrayNode list = JSON.createArrayNode();
            new TreeSet<>(registry.subjects()).forEach(list::add);
            return list;
        }
        if (steps.size() == 2 || !steps.get(2).equals("versions")) {
            throw new Refusal(404, "HTTP 404 Not Found");
        }
        if (steps.size() == 3) {
            ArrayNode list = JSON.createArrayNode();
            versions(steps.get(1)).forEach(version -> list.add(version.version()));
            return list;
        }
        Version version = version(steps.get(1), steps.get(3));
        if (steps.size() == 4) {
            return described(version);
        }
        if (steps.size() == 5 && steps.get(4).equals("schema")) {
            return rawSchema(version.schema());
        }
        throw new Refusal(404, "HTTP 404 Not Found");
    }

    private JsonNode post(List<String> steps, List<String> options, @Nullable String body) throws Refusal {
        if (steps.size() == 2 && steps.get(0).equals("subjects")) {
            Schema schema = schemaIn(body);
            versions(steps.get(1));
            Version found = registry.find(steps.get(1), schema);
            if (found == null) {
                throw new Refusal(40403, "Schema not found");
            }
            return described(found);
        }
        if (steps.size() == 3 && steps.get(0).equals("subjects") && steps.get(2).equals("versions")) {
            return JSON.createObjectNode().put("id", registry.register(steps.get(1), schemaIn(body)));
        }
        if (steps.size() >= 4
                && steps.size() <= 5
                && steps.get(0).equals("compatibility")
                && steps.get(1).equals("subjects")
                && steps.get(3).equals("versions")) {
            return compatibility(steps.get(2), steps.size() == 4 ? "latest" : steps.get(4), schemaIn(body), options);
        }
        throw new Refusal(404, "HTTP 404 Not Found");
    }

    private JsonNode compatibility(String subject, String version, Schema schema, List<String> options) throws Refusal {
        boolean nothingYet = isLatest(version) && registry.latest(subject) == null;
        List<String> problems = nothingYet
                ? List.of()
                : Compatibility.problems(schema, version(subject, version).schema());
        ObjectNode answer = JSON.createObjectNode().put("is_compatible", problems.isEmpty());
        if (options.contains("verbose=true")) {
            ArrayNode messages = answer.putArray("messages");
            problems.forEach(messages::add);
        }
        return answer;
    }

    /** Subjects have no settings of their own; a client sees the global ones only if it asks for them. */
    private void requireGlobal(List<String> steps, List<String> options, int code, String what) throws Refusal {
        if (steps.size() > 2) {
            throw new Refusal(404, "HTTP 404 Not Found");
        }
        if (steps.size() == 2 && !options.contains("defaultToGlobal=true")) {
            throw new Refusal(
                    code, "Subject '" + steps.get(1) + "' does not have subject-level " + what + " configured");
        }
    }

    private List<Version> versions(String subject) throws Refusal {
        List<Version> versions = registry.versions(subject);
        if (versions.isEmpty()) {
            throw new Refusal(40401, "Subject '" + subject + "' not found.");
        }
        return versions;
    }

    private Version version(String subject, String text) throws Refusal {
        List<Version> versions = versions(subject);
        if (isLatest(text)) {
            return versions.get(versions.size() - 1);
        }
        String wrong = "The specified version '" + text
                + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"";
        int number = number(text, 42202, wrong);
        if (number < 1) {
            throw new Refusal(42202, wrong);
        }
        if (number > versions.size()) {
            throw new Refusal(40402, "Version " + number + " not found.");
        }
        return versions.get(number - 1);
    }

    private static boolean isLatest(String version) {
        return version.equals("latest") || version.equals("-1");
    }

    private static Schema schemaIn(@Nullable String body) throws Refusal {
        JsonNode request;
        try {
            request = JSON.readTree(body == null ? "" : body);
        } catch (JsonProcessingException e) {
            throw new Refusal(400, "The body is not JSON: " + e.getOriginalMessage());
        }
        String type = request.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") && !request.path("schemaType").isNull()) {
            throw new Refusal(42201, "Invalid schema type " + type + "; only AVRO is supported");
        }
        if (!request.path("references").isEmpty()) {
            throw new Refusal(42201, "Schemas with references are not supported");
        }
        if (!request.path("schema").isTextual()) {
            throw new Refusal(42201, "Empty schema");
        }
        String text = request.path("schema").asText();
        try {
            return PortableSchema.parse(text);
        } catch (AvroRuntimeException e) {
            throw new Refusal(42201, "Invalid schema " + text + ": " + e.getMessage());
        }
    }

    private static JsonNode described(Version version) {
        return JSON.createObjectNode()
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("schema", version.schema().toString());
    }

    private static JsonNode rawSchema(Schema schema) {
        try {
            return JSON.readTree(schema.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro wrote a schema that is not JSON", e);
        }
    }

    private static int number(String text, int code, String otherwise) throws Refusal {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Refusal(code, otherwise);
        }
    }

    /** The path's segments, each percent-decoded by itself: a subject may contain an encoded slash. */
    private static List<String> steps(String path) throws Refusal {
        try {
            return Arrays.stream(path.split("/"))
                    .filter(segment -> !segment.isEmpty())
                    .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "Malformed path");
        }
    }

    private static Response error(int code, String message) {
        ObjectNode body = JSON.createObjectNode().put("error_code", code).put("message", message);
        return new Response(code >= 10_000 ? code / 100 : code, body.toString());
    }

    /** An answer other than success; the code's first three digits are the HTTP status. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final int code;

        Refusal(int code, String message) {
            super(message);
            this.code = code;
        }
    }
}
