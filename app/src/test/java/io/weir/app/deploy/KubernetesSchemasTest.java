package io.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code deploy/kubernetes} against the schemas that Kubernetes and Strimzi publish: required fields, types, ranges and
 * the values of enumerations. Fields that there are not are {@link KubernetesTest}'s, since these schemas allow them.
 */
class KubernetesSchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What Kubernetes and Strimzi publish of each kind; the README beside the files says where they are from. */
    private static final Map<String, String> DEFINITIONS = Map.of(
            "ConfigMap", "io.k8s.api.core.v1.ConfigMap",
            "Service", "io.k8s.api.core.v1.Service",
            "StatefulSet", "io.k8s.api.apps.v1.StatefulSet",
            "PodDisruptionBudget", "io.k8s.api.policy.v1.PodDisruptionBudget",
            "NetworkPolicy", "io.k8s.api.networking.v1.NetworkPolicy",
            "KafkaTopic", "io.strimzi.kafka.v1.KafkaTopic",
            "KafkaUser", "io.strimzi.kafka.v1.KafkaUser");

    /** What is wrong with the document by the schema of its kind; empty if nothing is. */
    private static List<Error> mistakes(JsonNode document) throws IOException {
        String kind = document.get("kind").asText();
        String file = kind.startsWith("Kafka") ? "strimzi-schemas.json" : "kubernetes-schemas.json";
        try (InputStream in = Objects.requireNonNull(KubernetesSchemasTest.class.getResourceAsStream(file), file)) {
            ObjectNode schema = (ObjectNode) JSON.readTree(in);
            schema.putArray("allOf").addObject().put("$ref", "#/definitions/" + DEFINITIONS.get(kind));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(schema)
                    .validate(document);
        }
    }

    private static List<JsonNode> documents(String file) throws IOException {
        return KubernetesTest.parse(Files.readString(KubernetesTest.FOLDER.resolve(file)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config.yaml",
                "services.yaml",
                "statefulset.yaml",
                "disruption.yaml",
                "network.yaml",
                "strimzi.yaml"
            })
    void everyResourceIsValidByThePublishedSchema(String file) throws IOException {
        for (JsonNode document : documents(file)) {
            assertThat(mistakes(document))
                    .as("%s, %s", file, document.at("/metadata/name"))
                    .isEmpty();
        }
    }

    /** Each takes away a field, or where there is a value puts that in its place, in the last document of the file. */
    @ParameterizedTest
    @CsvSource({
        "statefulset.yaml, /spec, selector,",
        "statefulset.yaml, /spec, serviceName,",
        "statefulset.yaml, /spec/template/spec, containers,",
        "statefulset.yaml, /spec/template/spec/containers/0, name,",
        "statefulset.yaml, /spec/template/spec/containers/0/ports/0, containerPort,",
        "statefulset.yaml, /spec/template/spec/containers/0/volumeMounts/0, mountPath,",
        "services.yaml, /spec/ports/0, port,",
        "network.yaml, /spec, podSelector,",
        "strimzi.yaml, '', spec,",
        "strimzi.yaml, /spec/authentication, type,",
        "strimzi.yaml, /spec/authorization/acls/0, operations,",
        "strimzi.yaml, /spec/authorization/acls/0/resource, type,",
        "statefulset.yaml, /spec, replicas, '\"three\"'",
        "statefulset.yaml, /spec/template/spec/containers/0, image, 1",
        "statefulset.yaml, /spec/template/spec/securityContext, runAsNonRoot, '\"yes\"'",
        "config.yaml, /data, weir.properties, 1",
        "disruption.yaml, /spec, maxUnavailable, true",
        "statefulset.yaml, /spec, podManagementPolicy, '\"Sometimes\"'",
        "statefulset.yaml, /spec/template/spec/containers/0/ports/0, protocol, '\"HTTP\"'",
        "statefulset.yaml, /spec/template/spec/topologySpreadConstraints/0, whenUnsatisfiable, '\"Perhaps\"'",
        "statefulset.yaml, /spec/template/spec/securityContext/seccompProfile, type, '\"None\"'",
        "services.yaml, /spec, type, '\"Public\"'",
        "strimzi.yaml, /spec/authentication, type, '\"password\"'",
        "strimzi.yaml, /spec/authorization/acls/0, operations, '[\"Reed\"]'"
    })
    void aMissingFieldAWrongTypeOrAnUnknownValueIsNoticed(String file, String parent, String field, String value)
            throws IOException {
        List<JsonNode> documents = documents(file);
        JsonNode document = documents.get(documents.size() - 1);
        ObjectNode changed = (ObjectNode) document.at(parent);
        if (value == null) {
            assertThat(changed.remove(field)).isNotNull();
        } else {
            changed.set(field, JSON.readTree(value));
        }
        assertThat(mistakes(document)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"partitions, 0", "replicas, 0", "replicas, 40000"})
    void aTopicOutsideTheRangesIsNoticed(String field, int value) throws IOException {
        JsonNode topic = documents("strimzi.yaml").get(0);
        ((ObjectNode) topic.get("spec")).put(field, value);
        assertThat(mistakes(topic)).isNotEmpty();
    }
}
