package io.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.weir.app.HttpAccess;
import io.weir.app.acls.Grant;
import io.weir.app.acls.Grants;
import io.weir.app.acls.StrimziYaml;
import io.weir.app.config.ConfigSources;
import io.weir.app.config.WeirConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.SecurityUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * {@code deploy/kubernetes} is what Kubernetes and Strimzi take, and what Weir needs. {@code strimzi.yaml} is made here;
 * run with {@code -Dweir.kubernetes.write=true} to write it anew.
 */
class KubernetesTest {
    static final Path FOLDER = Path.of(System.getProperty("weir.root", "..")).resolve("deploy/kubernetes");
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "ConfigMap", ConfigMap.class,
            "Service", Service.class,
            "StatefulSet", StatefulSet.class,
            "PodDisruptionBudget", PodDisruptionBudget.class,
            "NetworkPolicy", NetworkPolicy.class,
            "KafkaTopic", KafkaTopic.class,
            "KafkaUser", KafkaUser.class);

    /** Takes nothing that the model does not name; the model itself keeps such fields. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    private static Map<String, HasMetadata> resources;

    @TempDir
    static Path folder;

    @BeforeAll
    static void read() throws IOException {
        resources = new TreeMap<>();
        for (JsonNode file : parse(Files.readString(FOLDER.resolve("kustomization.yaml")))) {
            for (JsonNode name : file.get("resources")) {
                for (JsonNode document : parse(Files.readString(FOLDER.resolve(name.asText())))) {
                    HasMetadata resource = strict(document);
                    String key =
                            resource.getKind() + " " + resource.getMetadata().getName();
                    assertThat(resources.put(key, resource)).as(key).isNull();
                }
            }
        }
    }

    static List<JsonNode> parse(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(options)).loadAll(yaml).forEach(each -> documents.add(STRICT.valueToTree(each)));
        return documents;
    }

    private static HasMetadata strict(JsonNode document) throws IOException {
        return STRICT.treeToValue(document, KINDS.get(document.get("kind").asText()));
    }

    private static <T extends HasMetadata> T get(Class<T> kind, String name) {
        return kind.cast(resources.get(kind.getSimpleName() + " " + name));
    }

    private static PodSpec pod() {
        return get(StatefulSet.class, "weir").getSpec().getTemplate().getSpec();
    }

    private static Container container() {
        return pod().getContainers().get(0);
    }

    private static Map<String, EnvVar> environment() {
        return container().getEnv().stream().collect(Collectors.toMap(EnvVar::getName, each -> each));
    }

    private static WeirConfig config() throws IOException {
        Path file = Files.writeString(
                folder.resolve("weir.properties"),
                get(ConfigMap.class, "weir-config").getData().get("weir.properties"));
        return WeirConfig.of(ConfigSources.merge(file, Map.of(), List.of()));
    }

    @Test
    void everyFileIsListedAndEveryResourceIsOfTheVersionThatItsModelHas() throws IOException {
        Set<String> listed = new TreeSet<>(Set.of("kustomization.yaml"));
        parse(Files.readString(FOLDER.resolve("kustomization.yaml")))
                .get(0)
                .get("resources")
                .forEach(name -> listed.add(name.asText()));
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(listed);
        }
        assertThat(resources.values())
                .extracting(HasMetadata::getApiVersion)
                .containsOnly("v1", "apps/v1", "policy/v1", "networking.k8s.io/v1", "kafka.strimzi.io/v1");
    }

    @Test
    void aMisspeltFieldIsNoticed() throws IOException {
        for (String file : List.of("statefulset.yaml", "strimzi.yaml", "network.yaml")) {
            ObjectNode document =
                    (ObjectNode) parse(Files.readString(FOLDER.resolve(file))).get(0);
            ((ObjectNode) document.get("spec")).put("replica", 3);
            assertThatThrownBy(() -> strict(document)).isInstanceOf(UnrecognizedPropertyException.class);
        }
    }

    @Test
    void topicsAndUserAreThoseOfTheAclsCommand() throws IOException {
        WeirConfig config = config();
        List<Grant> grants = Grants.of(Grants.Task.RUN, config, true);
        Path file = FOLDER.resolve("strimzi.yaml");
        String expected = "# Made by: ./weir acls --config weir.properties --existing-topics --format strimzi\n"
                + StrimziYaml.of(grants, config, "weir", "kafka");
        if (Boolean.getBoolean("weir.kubernetes.write")) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file))
                .as("-Dweir.kubernetes.write=true writes it anew")
                .isEqualTo(expected);
        assertThat(granted(parse(expected)))
                .isEqualTo(grants.stream()
                        .map(grant -> grant.resource() + " " + grant.operation())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Reads the rules back as Strimzi does. */
    private static Set<String> granted(List<JsonNode> documents) {
        Set<String> granted = new TreeSet<>();
        for (JsonNode document : documents) {
            for (JsonNode rule : document.path("spec").path("authorization").path("acls")) {
                JsonNode resource = rule.get("resource");
                String type = resource.get("type").asText().replace("transactionalId", "transactional_id");
                String pattern = resource.get("patternType").asText().equals("prefix") ? "PREFIXED" : "LITERAL";
                for (JsonNode operation : rule.get("operations")) {
                    granted.add("ResourcePattern(resourceType=" + type.toUpperCase(Locale.ROOT) + ", name="
                            + resource.get("name").asText() + ", patternType=" + pattern + ") "
                            + SecurityUtils.operation(operation.asText()));
                }
            }
        }
        return granted;
    }

    @Test
    void weirTakesTheConfigurationAndFindsWhatItNames() throws IOException {
        WeirConfig config = config();
        assertThat(config.missingForCluster()).isEmpty();
        Map<String, String> login = Map.of("http.basic.auth.user", "u", "http.basic.auth.password", "p");
        assertThat(HttpAccess.problems(config.with(login))).isEmpty();
        List<String> mounted = container().getVolumeMounts().stream()
                .map(VolumeMount::getMountPath)
                .toList();
        assertThat(mounted).contains("/var/lib/weir", "/tmp", "/etc/weir/config");
        assertThat(config.kafka().get("ssl.truststore.location")).startsWith("/etc/weir/kafka-ca/");
        assertThat(config.kafka().get("config.providers.dir.param.allowed.paths"))
                .isIn(mounted);
        Set<String> volumes = new LinkedHashSet<>();
        pod().getVolumes().forEach(volume -> volumes.add(volume.getName()));
        get(StatefulSet.class, "weir")
                .getSpec()
                .getVolumeClaimTemplates()
                .forEach(claim -> volumes.add(claim.getMetadata().getName()));
        assertThat(container().getVolumeMounts())
                .extracting(VolumeMount::getName)
                .hasSameElementsAs(volumes);
    }

    @Test
    void noVariableIsTakenForASettingByMistake() throws IOException {
        assertThat(pod().getEnableServiceLinks()).isFalse();
        Map<String, String> settings = new TreeMap<>();
        environment().keySet().stream()
                .filter(name -> name.startsWith("WEIR_"))
                .forEach(name -> settings.put(name, ""));
        settings.put("WEIR_HTTP_ADVERTISED", "weir-0.weir-peers.shop.svc:8080");
        assertThat(WeirConfig.of(ConfigSources.merge(null, settings, List.of())).text("http.advertised"))
                .isEqualTo("weir-0.weir-peers.shop.svc:8080");
    }

    /** A Secret that is forgotten must not mean ids in the stores. */
    @Test
    void noPodStartsWithoutTheVisitorKeyAndTheOneBeforeMayBeAbsent() {
        SecretKeySelector key =
                environment().get("WEIR_VISITOR_KEY").getValueFrom().getSecretKeyRef();
        SecretKeySelector before =
                environment().get("WEIR_VISITOR_KEY_PREVIOUS").getValueFrom().getSecretKeyRef();
        assertThat(key.getOptional()).isNotEqualTo(true);
        assertThat(before.getOptional()).isTrue();
        assertThat(before.getName()).isEqualTo(key.getName());
        assertThat(before.getKey()).isNotEqualTo(key.getKey());
    }

    @Test
    void eachInstanceIsReachedByItsOwnName() {
        StatefulSet weir = get(StatefulSet.class, "weir");
        Service peers = get(Service.class, weir.getSpec().getServiceName());
        assertThat(peers.getSpec().getClusterIP()).isEqualTo("None");
        assertThat(peers.getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(environment().get("WEIR_HTTP_ADVERTISED").getValue())
                .isEqualTo("$(POD_NAME)." + peers.getMetadata().getName() + ".$(POD_NAMESPACE).svc:"
                        + container().getPorts().get(0).getContainerPort());
        // Variables are replaced in the order of the list.
        assertThat(container().getEnv()).extracting(EnvVar::getName).startsWith("POD_NAME", "POD_NAMESPACE");
        Map<String, String> labels = weir.getSpec().getTemplate().getMetadata().getLabels();
        for (Service service : List.of(peers, get(Service.class, "weir"))) {
            assertThat(labels).containsAllEntriesOf(service.getSpec().getSelector());
        }
        assertThat(labels)
                .containsAllEntriesOf(weir.getSpec().getSelector().getMatchLabels())
                .containsAllEntriesOf(get(PodDisruptionBudget.class, "weir")
                        .getSpec()
                        .getSelector()
                        .getMatchLabels())
                .containsAllEntriesOf(get(NetworkPolicy.class, "weir")
                        .getSpec()
                        .getPodSelector()
                        .getMatchLabels());
    }

    @Test
    void aPodHasNoMoreRightsThanItNeeds() {
        assertThat(pod().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod().getSecurityContext().getRunAsUser()).isEqualTo(10001);
        assertThat(pod().getAutomountServiceAccountToken()).isFalse();
        assertThat(container().getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container().getSecurityContext().getAllowPrivilegeEscalation())
                .isFalse();
        assertThat(container().getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container().getResources().getLimits()).containsKey("memory");
        assertThat(get(NetworkPolicy.class, "weir").getSpec().getPolicyTypes()).contains("Ingress", "Egress");
        assertThat(pod().getVolumes().stream().filter(volume -> volume.getSecret() != null))
                .extracting(Volume::getName)
                .containsExactly("kafka-user", "kafka-ca");
        assertThat(environment().get("WEIR_HTTP_BASIC_AUTH_PASSWORD").getValue())
                .isNull();
    }

    @Test
    void nothingEndsAnInstanceThatRestoresOrCommits() {
        for (Probe probe : List.of(container().getStartupProbe(), container().getLivenessProbe())) {
            assertThat(probe.getHttpGet().getPath()).isEqualTo("/health/live");
        }
        assertThat(container().getReadinessProbe().getHttpGet().getPath()).isEqualTo("/health/ready");
        assertThat(pod().getTerminationGracePeriodSeconds()).isGreaterThan(30);
    }

    @Test
    void theImageIsTheOneThatComposeBuilds() throws IOException {
        assertThat(container().getImage())
                .isEqualTo(ComposeFile.read().service("weir").get("image").asText());
    }
}
