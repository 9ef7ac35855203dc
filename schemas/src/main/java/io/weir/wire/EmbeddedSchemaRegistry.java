package io.weir.wire;

import static io.weir.wire.WireException.Fault.UNKNOWN_SCHEMA;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry inside this process, for runs that need nothing else on the machine. It keeps Avro schemas only
 * and applies one compatibility rule, Confluent's default: a new version must be able to read what was written with
 * the one before it ({@code BACKWARD}).
 *
 * <p>{@link #handle} speaks the part of Confluent's REST API that clients need; whoever serves HTTP mounts it. Ids
 * count from 1 in the order of registration. With a file, registrations outlive the process, as they must when the
 * messages that carry the ids do. Safe for use by several threads.
 */
public final class EmbeddedSchemaRegistry implements SchemaRegistry {
    /** The media type of every {@link Response}. */
    public static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private final RegistryApi api = new RegistryApi(this);
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, Integer> idsByText = new HashMap<>();

    /** The ids of a subject's versions 1, 2, and so on. */
    private final TreeMap<String, List<Integer>> subjects = new TreeMap<>();

    private final @Nullable RegistryJournal journal;

    /** Forgets everything with the process. */
    public EmbeddedSchemaRegistry() {
        this.journal = null;
    }

    /**
     * Keeps its registrations in a file, one line of JSON each; the file is made if it is missing.
     *
     * @throws java.io.UncheckedIOException if the file cannot be read or written
     * @throws IllegalStateException if the file holds something else
     */
    public EmbeddedSchemaRegistry(Path file) {
        RegistryJournal opened = new RegistryJournal(file);
        opened.replay(this::add);
        this.journal = opened;
    }

    /** An answer to a REST call: an HTTP status and a JSON document. */
    public record Response(int status, String json) {}

    /** One version of a subject. */
    record Version(String subject, int version, int id, Schema schema) {}

    /**
     * Answers one REST call; never throws for anything that a client can send.
     *
     * @param method GET or POST
     * @param path from the API's root, still percent-encoded, with the query if there is one
     * @param body the request's body, or null if it has none
     */
    public Response handle(String method, String path, @Nullable String body) {
        return api.handle(method, path, body);
    }

    @Override
    public synchronized Schema schemaById(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new WireException(UNKNOWN_SCHEMA, "The embedded registry has no schema " + id);
        }
        return schemas.get(id - 1);
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        Version known = find(subject, schema);
        if (known != null) {
            return known.id();
        }
        Version latest = latest(subject);
        List<String> problems = latest == null ? List.of() : Compatibility.problems(schema, latest.schema());
        if (!problems.isEmpty()) {
            throw new IncompatibleSchemaException("Schema being registered is incompatible with an earlier schema for"
                    + " subject \"" + subject + "\": " + problems);
        }
        if (journal != null) {
            journal.append(subject, schema);
        }
        return add(subject, schema);
    }

    @Override
    public synchronized int lookup(String subject, Schema schema) {
        Version known = find(subject, schema);
        if (known == null) {
            throw new SerializationException(
                    "The embedded registry does not have " + schema.getFullName() + " for subject " + subject);
        }
        return known.id();
    }

    synchronized Set<String> subjects() {
        return Set.copyOf(subjects.keySet());
    }

    /** The versions of a subject in order; empty if there is no such subject. */
    synchronized List<Version> versions(String subject) {
        List<Integer> ids = subjects.getOrDefault(subject, List.of());
        List<Version> result = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            int id = ids.get(i);
            result.add(new Version(subject, i + 1, id, schemas.get(id - 1)));
        }
        return Collections.unmodifiableList(result);
    }

    /** Everything that is registered under an id; throws if the id is unknown. */
    synchronized List<Version> versionsOf(int id) {
        schemaById(id);
        return subjects.keySet().stream()
                .flatMap(subject -> versions(subject).stream())
                .filter(version -> version.id() == id)
                .collect(Collectors.toList());
    }

    @Nullable
    Version latest(String subject) {
        List<Version> versions = versions(subject);
        return versions.isEmpty() ? null : versions.get(versions.size() - 1);
    }

    /** The version of a subject that is this schema, word for word. */
    @Nullable
    Version find(String subject, Schema schema) {
        String text = schema.toString();
        for (Version version : versions(subject)) {
            if (version.schema().toString().equals(text)) {
                return version;
            }
        }
        return null;
    }

    private int add(String subject, Schema schema) {
        int id = idsByText.computeIfAbsent(schema.toString(), text -> {
            schemas.add(schema);
            return schemas.size();
        });
        subjects.computeIfAbsent(subject, s -> new ArrayList<>()).add(id);
        return id;
    }
}
