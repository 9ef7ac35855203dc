package io.weir.wire;

import static io.weir.wire.WireException.Fault.UNKNOWN_SCHEMA;
import static io.weir.wire.WireException.Fault.WRONG_SCHEMA;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.wire.RegistryTransport.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A client of a schema registry that speaks Confluent's REST API.
 *
 * <p>A schema is fetched once and kept: an id never changes its meaning. An id that the registry does not know is
 * remembered for {@value #MISSING_SECONDS} s, so that garbage on a topic does not become a flood of requests. One
 * request is under way at a time; threads that need the same schema share its answer. Schemas that refer to other
 * subjects ({@code references}) are not supported.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MISSING_SECONDS = 30;
    private static final int MISSING_IDS = 10_000;

    private final RegistryTransport transport;
    private final RejectedIds rejected;
    private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
    private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();
    private final ReentrantLock oneRequest = new ReentrantLock();

    /**
     * @param configs Confluent's keys: {@code schema.registry.url}, {@code basic.auth.*}, {@code schema.registry.ssl.*},
     *     {@code max.retries} and so on
     * @throws org.apache.kafka.common.config.ConfigException if a setting is missing or wrong
     */
    public HttpSchemaRegistry(Map<String, ?> configs) {
        this(configs, System::nanoTime);
    }

    HttpSchemaRegistry(Map<String, ?> configs, LongSupplier nanoClock) {
        this.transport = new RegistryTransport(RegistryConfig.parse(configs));
        this.rejected = new RejectedIds(MISSING_IDS, MISSING_SECONDS * 1_000_000_000L, nanoClock);
    }

    @Override
    public Schema schemaById(int id) {
        Schema known = byId.get(id);
        if (known != null) {
            return known;
        }
        oneRequest.lock();
        try {
            Schema meanwhile = byId.get(id);
            return meanwhile == null ? fetch(id) : meanwhile;
        } finally {
            oneRequest.unlock();
        }
    }

    @Override
    public int register(String subject, Schema schema) {
        return idOf(subject, schema, "/subjects/" + encoded(subject) + "/versions");
    }

    @Override
    public int lookup(String subject, Schema schema) {
        return idOf(subject, schema, "/subjects/" + encoded(subject));
    }

    /** The addresses that are asked, without credentials. */
    @Override
    public String toString() {
        return "schema registry at " + transport.endpoints();
    }

    private Schema fetch(int id) {
        rejected.throwIfKnown(id);
        String path = "/schemas/ids/" + id;
        Answer answer = transport.call(path, null);
        if (answer.notFound()) {
            throw rejected.add(
                    id, new WireException(UNKNOWN_SCHEMA, "The registry has no schema " + id + " " + answer.message()));
        }
        if (!answer.ok() || !answer.json().path("schema").isTextual()) {
            throw transport.misfit("GET " + path, answer);
        }
        JsonNode json = answer.json();
        String type = json.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw rejected.add(id, new WireException(WRONG_SCHEMA, "Schema " + id + " is " + type + ", not Avro"));
        }
        try {
            Schema schema = PortableSchema.parse(json.path("schema").asText());
            byId.put(id, schema);
            return schema;
        } catch (SchemaParseException e) {
            throw rejected.add(
                    id, new WireException(WRONG_SCHEMA, "Schema " + id + " cannot be parsed: " + e.getMessage(), e));
        }
    }

    private int idOf(String subject, Schema schema, String path) {
        Registration registration = new Registration(path, schema);
        Integer known = ids.get(registration);
        if (known != null) {
            return known;
        }
        oneRequest.lock();
        try {
            Integer meanwhile = ids.get(registration);
            return meanwhile == null ? post(subject, registration) : meanwhile;
        } finally {
            oneRequest.unlock();
        }
    }

    private int post(String subject, Registration registration) {
        Schema schema = registration.schema();
        Answer answer =
                transport.call(registration.path(), JSON.createObjectNode().put("schema", schema.toString()));
        String what = schema.getFullName() + " for subject " + subject;
        if (answer.status() == 409) {
            throw new IncompatibleSchemaException(
                    "The schema registry refuses " + what + " as incompatible: " + answer.message());
        }
        if (answer.notFound()) {
            throw new SerializationException("The schema registry does not have " + what + ": " + answer.message()
                    + "; register it or set " + RegistryConfig.AUTO_REGISTER + "=true");
        }
        if (answer.status() == 422) {
            throw new SerializationException("The schema registry refuses " + what + ": " + answer.message());
        }
        if (!answer.ok() || !answer.json().path("id").canConvertToInt()) {
            throw transport.misfit("POST " + registration.path(), answer);
        }
        int id = answer.json().path("id").asInt();
        ids.put(registration, id);
        return id;
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private record Registration(String path, Schema schema) {}
}
