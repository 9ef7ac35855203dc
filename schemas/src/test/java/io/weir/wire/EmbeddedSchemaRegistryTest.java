package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.wire.EmbeddedSchemaRegistry.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedSchemaRegistryTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String V1 = record("{\"name\":\"a\",\"type\":\"string\"}");
    private static final String V2 = record(
            "{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":[\"null\",\"long\"],\"default\":null}");
    private static final String BREAKING =
            record("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"c\",\"type\":\"long\"}");

    private final EmbeddedSchemaRegistry registry = new EmbeddedSchemaRegistry();

    @Test
    void idBelongsToTheSchemaAndVersionToTheSubject() throws IOException {
        assertThat(post("/subjects/x-value/versions?normalize=false", V1)).isEqualTo(json("{\"id\":1}"));
        assertThat(post("/subjects/x-value/versions", V1)).isEqualTo(json("{\"id\":1}"));
        assertThat(post("/subjects/x-value/versions", V2)).isEqualTo(json("{\"id\":2}"));
        assertThat(post("/subjects/y-value/versions", V2)).isEqualTo(json("{\"id\":2}"));

        assertThat(get("/subjects")).isEqualTo(json("[\"x-value\",\"y-value\"]"));
        assertThat(get("/subjects/x-value/versions")).isEqualTo(json("[1,2]"));
        assertThat(get("/schemas/ids/2/subjects")).isEqualTo(json("[\"x-value\",\"y-value\"]"));
        assertThat(get("/schemas/ids/2/versions"))
                .isEqualTo(json("[{\"subject\":\"x-value\",\"version\":2},{\"subject\":\"y-value\",\"version\":1}]"));
    }

    @Test
    void schemaIsGivenAsText() throws IOException {
        post("/subjects/x-value/versions", V1);
        JsonNode byId = get("/schemas/ids/1?fetchMaxId=false&subject=x-value");
        assertThat(byId.properties()).extracting(Map.Entry::getKey).containsExactly("schema");
        assertThat(JSON.readTree(byId.get("schema").asText())).isEqualTo(JSON.readTree(V1));
        assertThat(get("/schemas/ids/1/schema")).isEqualTo(JSON.readTree(V1));

        JsonNode latest = get("/subjects/x-value/versions/latest");
        assertThat(latest).isEqualTo(get("/subjects/x-value/versions/1")).isEqualTo(post("/subjects/x-value", V1));
        assertThat(latest.get("id").asInt()).isEqualTo(1);
        assertThat(latest.get("version").asInt()).isEqualTo(1);
        assertThat(latest.get("subject").asText()).isEqualTo("x-value");
        assertThat(get("/subjects/x-value/versions/latest/schema")).isEqualTo(JSON.readTree(V1));
    }

    @Test
    void subjectMayNeedEncoding() throws IOException {
        assertThat(post("/subjects/a%2Fb%20c+%C3%A9/versions", V1)).isEqualTo(json("{\"id\":1}"));
        assertThat(get("/subjects")).isEqualTo(json("[\"a/b c+é\"]"));
        assertThat(get("/subjects/a%2Fb%20c+%C3%A9/versions")).isEqualTo(json("[1]"));
    }

    @Test
    void settingsAreConfluentsDefaults() throws IOException {
        assertThat(get("/schemas/types")).isEqualTo(json("[\"AVRO\"]"));
        assertThat(get("/config")).isEqualTo(json("{\"compatibilityLevel\":\"BACKWARD\"}"));
        assertThat(get("/config/x-value?defaultToGlobal=true"))
                .isEqualTo(json("{\"compatibilityLevel\":\"BACKWARD\"}"));
        assertThat(get("/mode")).isEqualTo(json("{\"mode\":\"READWRITE\"}"));
        assertThat(get("/mode/x-value?defaultToGlobal=true")).isEqualTo(json("{\"mode\":\"READWRITE\"}"));
        assertThat(get("/")).isEqualTo(json("{}"));
    }

    @Test
    void newVersionMustReadTheLatest() throws IOException {
        assertThat(post("/compatibility/subjects/x-value/versions/latest", BREAKING))
                .isEqualTo(json("{\"is_compatible\":true}"));
        post("/subjects/x-value/versions", V1);
        assertThat(post("/compatibility/subjects/x-value/versions/latest", V2))
                .isEqualTo(json("{\"is_compatible\":true}"));
        JsonNode verdict = post("/compatibility/subjects/x-value/versions/1?verbose=true", BREAKING);
        assertThat(verdict.get("is_compatible").asBoolean()).isFalse();
        assertThat(verdict.get("messages").toString()).contains("READER_FIELD_MISSING_DEFAULT_VALUE at c");

        assertError(registry.handle("POST", "/subjects/x-value/versions", body(BREAKING)), 409, 409, "incompatible");
        assertThat(get("/subjects/x-value/versions")).isEqualTo(json("[1]"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /schemas/ids/7, 404, 40403",
        "GET, /schemas/ids/-1, 404, 40403",
        "GET, /schemas/ids/seven, 404, 404",
        "GET, /schemas/ids/7/subjects, 404, 40403",
        "GET, /subjects/none/versions, 404, 40401",
        "GET, /subjects/none/versions/latest, 404, 40401",
        "GET, /subjects/x-value/versions/2, 404, 40402",
        "GET, /subjects/x-value/versions/0, 422, 42202",
        "GET, /subjects/x-value/versions/newest, 422, 42202",
        "GET, /config/x-value, 404, 40408",
        "GET, /mode/x-value, 404, 40409",
        "GET, /nowhere, 404, 404",
        "GET, /subjects/%zz/versions, 400, 400",
        "DELETE, /subjects/x-value, 405, 405",
        "PUT, /config, 405, 405"
    })
    void errorsAreConfluents(String method, String path, int status, int code) throws IOException {
        post("/subjects/x-value/versions", V1);
        assertError(registry.handle(method, path, null), status, code, "");
    }

    @Test
    void requestsThatAreNoSchemaAreRefused() throws IOException {
        String path = "/subjects/x-value/versions";
        post(path, V1);
        assertError(registry.handle("POST", "/subjects/none", body(V1)), 404, 40401, "none");
        assertError(registry.handle("POST", "/subjects/x-value", body(V2)), 404, 40403, "not found");
        assertError(registry.handle("POST", path, null), 422, 42201, "Empty schema");
        assertError(registry.handle("POST", path, "{"), 400, 400, "not JSON");
        assertError(registry.handle("POST", path, "{\"schema\":7}"), 422, 42201, "Empty schema");
        assertError(registry.handle("POST", path, body("{\"type\":\"nonsense\"}")), 422, 42201, "nonsense");
        assertError(registry.handle("POST", path, body("not json")), 422, 42201, "not json");
        assertError(registry.handle("POST", path, "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}"), 422, 42201, "JSON");
        assertError(
                registry.handle(
                        "POST",
                        path,
                        "{\"schema\":\"\\\"string\\\"\",\"references\":[{\"name\":\"a\",\"subject\":\"b\",\"version\":1}]}"),
                422,
                42201,
                "references");
    }

    @Test
    void nothingThatAClientSendsThrows() {
        long seed = 31;
        Random random = new Random(seed);
        String[] pieces = {
            "/",
            "subjects",
            "schemas",
            "ids",
            "versions",
            "1",
            "-1",
            "latest",
            "config",
            "mode",
            "%2F",
            "%",
            "?",
            "&",
            "=",
            "{",
            "}",
            "\"schema\"",
            ":",
            "\"string\"",
            "[",
            "compatibility",
            "null",
            "9999999999"
        };
        for (int i = 0; i < 20_000; i++) {
            String path = glued(random, pieces);
            Response response = registry.handle(random.nextBoolean() ? "GET" : "POST", path, glued(random, pieces));
            assertThat(response.status())
                    .as("seed %d, case %d: %s", seed, i, path)
                    .isBetween(200, 422);
        }
    }

    @Test
    void registrationsOutliveTheProcess(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("registry").resolve("schemas.jsonl");
        EmbeddedSchemaRegistry first = new EmbeddedSchemaRegistry(file);
        first.register("x-value", PortableSchema.parse(V1));
        first.register("x-value", PortableSchema.parse(V2));
        first.register("y-value", PortableSchema.parse(V2));
        String whole = Files.readString(file);
        Files.writeString(file, whole + "{\"subject\":\"z-val");

        EmbeddedSchemaRegistry second = new EmbeddedSchemaRegistry(file);
        assertThat(second.schemaById(2)).isEqualTo(PortableSchema.parse(V2));
        assertThat(second.subjects()).containsExactlyInAnyOrder("x-value", "y-value");
        assertThat(second.register("z-value", PortableSchema.parse("\"string\"")))
                .isEqualTo(3);
        assertThat(new EmbeddedSchemaRegistry(file).schemaById(3)).isEqualTo(PortableSchema.parse("\"string\""));
        assertThat(Files.readString(file)).startsWith(whole);
    }

    @Test
    void fileOfAnotherKindIsRefused(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("schemas.jsonl"), "hello\n");
        assertThatThrownBy(() -> new EmbeddedSchemaRegistry(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.toString());
    }

    private JsonNode get(String path) throws IOException {
        return success(registry.handle("GET", path, null));
    }

    private JsonNode post(String path, String schema) throws IOException {
        return success(registry.handle("POST", path, body(schema)));
    }

    private static JsonNode success(Response response) throws IOException {
        assertThat(response.status()).as(response.json()).isEqualTo(200);
        return JSON.readTree(response.json());
    }

    private static void assertError(Response response, int status, int code, String inMessage) throws IOException {
        JsonNode error = JSON.readTree(response.json());
        assertThat(response.status()).as(response.json()).isEqualTo(status);
        assertThat(error.get("error_code").asInt()).isEqualTo(code);
        assertThat(error.get("message").asText()).contains(inMessage);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    private static String body(String schema) {
        return JSON.createObjectNode().put("schema", schema).toString();
    }

    private static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}";
    }

    private static String glued(Random random, String[] pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(10); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
            text.append(random.nextBoolean() ? "/" : "");
        }
        return text.toString();
    }
}
