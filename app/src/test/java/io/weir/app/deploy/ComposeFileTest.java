package io.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.weir.app.HttpAccess;
import io.weir.app.Version;
import io.weir.app.config.ConfigSources;
import io.weir.app.config.WeirConfig;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What docker-compose.yml promises, as far as that can be seen without an engine to run it. */
class ComposeFileTest {
    /** A version of at least two numbers, perhaps with more behind it: {@code 3.2.24-alpine}, {@code v3.15.0}. */
    private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:v?\\d+(\\.\\d+)+(-[a-z0-9.]+)?");

    private static final Pattern LOOPBACK_PORT = Pattern.compile("127\\.0\\.0\\.1:(\\d+):\\d+");
    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(passw|secret|token|credential|_key\\b).*");

    private static ComposeFile compose;

    @BeforeAll
    static void read() throws IOException {
        compose = ComposeFile.read();
    }

    @Test
    void theFileIsValidByTheComposeSpecification() throws IOException {
        assertThat(schema().validate(compose.tree())).isEmpty();
    }

    @Test
    void theSchemaFindsAMistakeInIt() throws IOException {
        ObjectNode wrong = compose.tree().deepCopy();
        ((ObjectNode) wrong.at("/services/weir")).put("stop_grace_time", "45s");
        ((ObjectNode) wrong.at("/services/kafka/healthcheck")).put("retries", "often");
        assertThat(schema().validate(wrong)).isNotEmpty();
    }

    /** By draft 7, as it says; it names the draft, and itself, by addresses that only Compose knows. */
    private static Schema schema() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ComposeFileTest.class.getResourceAsStream("compose-spec.json"), "the schema")) {
            ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(in);
            schema.remove(List.of("$schema", "$id"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(schema);
        }
    }

    @Test
    void everyImageIsPinned() {
        assertThat(compose.services().values())
                .allSatisfy(service -> assertThat(service.path("image").asText())
                        .matches(PINNED)
                        .doesNotContain("latest"));
    }

    @Test
    void weirsImageIsOfThisVersion() {
        assertThat(compose.service("weir").get("image").asText())
                .isEqualTo(compose.service("traffic").get("image").asText())
                .isEqualTo("weir:" + Version.NUMBER);
    }

    @Test
    void everyPortIsPublishedOnTheLoopbackAddressAndNoneTwice() {
        assertThat(compose.profiles()).containsExactly("demo", "shop");
        for (String profile : compose.profiles()) {
            List<String> ports = new ArrayList<>();
            compose.servicesOf(Set.of(profile))
                    .values()
                    .forEach(service -> ports.addAll(ComposeFile.texts(service.path("ports"))));
            assertThat(ports)
                    .isNotEmpty()
                    .allSatisfy(port -> assertThat(port).matches(LOOPBACK_PORT))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void anyNumberOfWeirsCanRunSinceNoneHasAPortOrANameOfItsOwn() {
        JsonNode weir = compose.service("weir");
        assertThat(weir.has("ports")).isFalse();
        assertThat(weir.has("container_name")).isFalse();
        assertThat(weir.has("hostname")).isFalse();
    }

    @Test
    void whateverCanBeAskedHasAHealthCheckAndNobodyWaitsForTheHealthOfTheRest() {
        compose.services().forEach((name, service) -> {
            boolean disabled = service.at("/healthcheck/disable").asBoolean();
            assertThat(service.at("/healthcheck/test").isArray())
                    .as("%s has a health check", name)
                    .isEqualTo(!disabled);
            assertThat(disabled && service.has("ports")).as(name).isFalse();
            service.path("depends_on").properties().forEach(needed -> {
                JsonNode other = compose.service(needed.getKey());
                assertThat(other).as("%s needs %s", name, needed.getKey()).isNotNull();
                if (needed.getValue().get("condition").asText().equals("service_healthy")) {
                    assertThat(other.at("/healthcheck/test").isArray()).isTrue();
                }
            });
        });
    }

    @Test
    void everyFileAndFolderThatIsMountedIsInTheRepositoryAndReadOnly() {
        compose.services()
                .values()
                .forEach(service -> ComposeFile.texts(service.path("volumes")).forEach(volume -> {
                    String source = volume.split(":", 2)[0];
                    if (source.startsWith(".")) {
                        assertThat(compose.root().resolve(source)).exists();
                        assertThat(volume).endsWith(":ro");
                    }
                }));
    }

    @Test
    void everyVolumeIsDeclaredAndUsed() {
        Set<String> used = new TreeSet<>();
        compose.services()
                .values()
                .forEach(service -> ComposeFile.mounts(service)
                        .keySet()
                        .forEach(source -> used.add(source.startsWith(".") ? "" : source)));
        used.remove("");
        Set<String> declared = new TreeSet<>();
        compose.tree().get("volumes").fieldNames().forEachRemaining(declared::add);
        assertThat(used).isEqualTo(declared).contains("kafka-data", "weir-state");
    }

    @Test
    void weirsStateIsOnTheVolumeThatItsImageMeans() throws IOException {
        assertThat(ComposeFile.mounts(compose.service("weir")))
                .containsEntry("weir-state", Dockerfile.read().last("VOLUME"));
    }

    @Test
    void noPasswordIsWrittenAnywhere() {
        compose.written()
                .get("services")
                .properties()
                .forEach(service -> service.getValue()
                        .path("environment")
                        .properties()
                        .forEach(variable -> {
                            if (SECRET_NAME.matcher(variable.getKey()).matches()) {
                                assertThat(variable.getValue().asText())
                                        .as("%s of %s", variable.getKey(), service.getKey())
                                        .matches("/run/secrets/.+|true|false");
                            }
                        }));
        assertThat(compose.tree().get("secrets"))
                .allSatisfy(secret -> assertThat(secret.get("file").asText()).startsWith("./secrets/"));
        assertThat(compose.root().resolve(".gitignore")).content().contains("/secrets/");
    }

    @Test
    void grafanaLetsNobodyInUnaskedButInTheDemo() {
        Map<String, String> shop = ComposeFile.environment(compose.service("grafana"));
        assertThat(shop).containsKey("GF_SECURITY_ADMIN_PASSWORD__FILE").doesNotContainKey("GF_AUTH_ANONYMOUS_ENABLED");
        assertThat(ComposeFile.texts(compose.service("grafana").get("profiles")))
                .containsExactly("shop");
        Map<String, String> demo = ComposeFile.environment(compose.service("grafana-demo"));
        assertThat(demo)
                .containsEntry("GF_AUTH_ANONYMOUS_ORG_ROLE", "Viewer")
                .containsEntry("GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION", "true");
        assertThat(ComposeFile.texts(compose.service("grafana-demo").get("profiles")))
                .containsExactly("demo");
    }

    @Test
    void everyVariableOfWeirIsASettingWithAValueThatIsAllowed() {
        for (String name : List.of("weir", "traffic")) {
            Map<String, String> environment = ComposeFile.environment(compose.service(name));
            WeirConfig config = WeirConfig.of(ConfigSources.merge(null, environment, List.of()));
            assertThat(config.missingForCluster()).as(name).isEmpty();
            assertThat(HttpAccess.problems(config)).as(name).isEmpty();
        }
    }

    @Test
    void weirHasTheTimeThatItTakesToCommit() {
        assertThat(seconds(compose.service("weir").get("stop_grace_period").asText()))
                .isGreaterThan(Duration.ofSeconds(30));
        assertThat(compose.services().values())
                .allSatisfy(service -> assertThat(
                                seconds(service.path("stop_grace_period").asText()))
                        .isGreaterThanOrEqualTo(Duration.ofSeconds(30)));
    }

    private static Duration seconds(String text) {
        return Duration.parse("PT" + text);
    }

    @Test
    void everyServiceIsConfinedBoundedAndStartedAgain() {
        compose.services().forEach((name, service) -> {
            assertThat(ComposeFile.texts(service.path("cap_drop"))).as(name).containsExactly("ALL");
            assertThat(ComposeFile.texts(service.path("security_opt")))
                    .as(name)
                    .containsExactly("no-new-privileges:true");
            assertThat(service.has("cap_add") || service.has("privileged"))
                    .as(name)
                    .isFalse();
            assertThat(service.path("restart").asText()).as(name).isEqualTo("unless-stopped");
            assertThat(service.path("init").asBoolean()).as(name).isTrue();
            assertThat(service.at("/logging/options/max-size").asText())
                    .as(name)
                    .isNotEmpty();
            assertThat(service.path("mem_limit").asText()).as(name).matches("\\d+[mg]");
            assertThat(service.path("pids_limit").asInt()).as(name).isPositive();
        });
    }
}
