package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.weir.app.Instance;
import io.weir.app.config.ConfigKeys;
import io.weir.app.config.ConfigSources;
import io.weir.app.config.WeirConfig;
import io.weir.app.http.TestKeys;
import io.weir.app.http.TlsKeys;
import io.weir.app.pipeline.Coverage;
import io.weir.app.pipeline.Pipeline;
import io.weir.oracle.EventRow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Weir works over TLS with the profiles in {@code config}, and tells nobody the secrets that it was given. */
class SecretsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Path PROFILES =
            Path.of(System.getProperty("weir.root", "..")).resolve("config");
    private static final String CANARY = "canary-of-weir-0815-as-long-as-a-visitor-key";

    /** Fits every setting that holds a secret, also one that wants a user's name in front. */
    private static final String SECRET = "somebody:" + CANARY;

    private static TlsBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        broker = new TlsBroker();
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Test
    void thePipelineWorksOverTlsWithAPassword() throws Exception {
        works("sasl-ssl", broker.saslServers());
    }

    @Test
    void thePipelineWorksOverMutualTls() throws Exception {
        works("mtls", broker.mutualServers());
    }

    @Test
    void aWrongPasswordIsRefusedWithoutBeingTold() throws Exception {
        Files.writeString(secrets().resolve("kafka-password"), "wrong-" + CANARY);
        WeirConfig config = config("sasl-ssl", broker.saslServers(), "refused");
        assertThatThrownBy(() -> Pipeline.start(config, null, new Coverage()))
                .hasMessageContaining("Authentication failed")
                .hasMessageNotContaining(CANARY);
    }

    private void works(String profile, String servers) throws Exception {
        WeirConfig config = config(profile, servers, profile);
        List<EventRow> events = Events.ofShop(61, Instant.parse("2026-03-02T18:00:00Z"), 10, 500);
        try (Application shop = new Application(profile, broker.bootstrapServers(), folder, Map.of())) {
            shop.publish(events);
            Coverage coverage = new Coverage();
            try (Pipeline ignored = Pipeline.start(config, shop.registry().registry(), coverage)) {
                await().atMost(LONG)
                        .until(() -> coverage.processed() == events.size()
                                && !shop.windows().isEmpty());
            }
        }
    }

    /** What the profiles name, in a folder of the test's own. */
    private Path secrets() throws IOException {
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("kafka-user"), TlsBroker.USER);
        Files.writeString(secrets.resolve("kafka-password"), TlsBroker.SECRET);
        Files.writeString(secrets.resolve("kafka-key-store-password"), TlsBroker.SECRET);
        Files.writeString(secrets.resolve("kafka-ca.crt"), Files.readString(broker.brokerCertificate()));
        Files.write(secrets.resolve("kafka-key-store.p12"), Files.readAllBytes(broker.clientKeys()));
        return secrets;
    }

    private WeirConfig config(String profile, String servers, String application) throws IOException {
        Path secrets = Files.exists(folder.resolve("secrets")) ? folder.resolve("secrets") : secrets();
        String text = Files.readString(PROFILES.resolve(profile + ".properties"));
        assertThat(text).contains("/etc/weir/secrets");
        Path file = Files.writeString(
                folder.resolve(profile + ".properties"), text.replace("/etc/weir/secrets", secrets.toString()));
        Map<String, String> settings = new HashMap<>(ConfigSources.merge(file, Map.of(), List.of()));
        settings.putAll(Application.settings(application));
        settings.put("kafka.bootstrap.servers", servers);
        settings.put("state.dir", folder.resolve("state-" + application).toString());
        return WeirConfig.of(settings);
    }

    @Test
    void noSecretIsLoggedOrServed() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger kafka = (Logger) LoggerFactory.getLogger("org.apache.kafka");
        Level before = kafka.getLevel();
        boolean additive = kafka.isAdditive();
        log.start();
        kafka.setLevel(Level.INFO);
        kafka.setAdditive(false);
        kafka.addAppender(log);
        root.addAppender(log);
        StringBuilder told = new StringBuilder();
        try (RegistryServer registry = new RegistryServer();
                Instance weir = Instance.listen(withCanaries(registry.url()), Instance.Extras.NONE)) {
            weir.start(null);
            await().atMost(LONG).until(weir::isReady);
            for (String path :
                    List.of("", "metrics", "api/v1/now", "api/v1/board", "api/v1/openapi.json", "health/ready")) {
                told.append(get(weir.uri().resolve(path)));
            }
        } finally {
            kafka.detachAppender(log);
            root.detachAppender(log);
            kafka.setLevel(before);
            kafka.setAdditive(additive);
        }
        String logged =
                log.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
        assertThat(logged).contains("sasl.jaas.config = [hidden]", "ssl.keystore.password = [hidden]");
        assertThat(told.toString()).contains("weir_ready", "<!doctype html>");
        assertThat(logged + told).doesNotContain(CANARY, TlsBroker.SECRET);
    }

    /** All settings that are declared to hold a secret. */
    private static List<String> secretKeys() {
        return ConfigKeys.DEFINITION.configKeys().values().stream()
                .filter(key -> key.type() == ConfigDef.Type.PASSWORD)
                .map(key -> key.name)
                .toList();
    }

    @Test
    void whatSoundsLikeASecretIsDeclaredAsOne() {
        List<String> sounding = ConfigKeys.DEFINITION.names().stream()
                .filter(name -> name.matches(".*(password|secret|token|credentials|user\\.info|\\.key|key\\.previous)"))
                .toList();
        assertThat(sounding).isNotEmpty().hasSameElementsAs(secretKeys());
    }

    /** All secrets inline, as people should not do it. */
    private WeirConfig withCanaries(String registry) throws Exception {
        Map<String, String> settings = new HashMap<>(Application.settings("canaries"));
        secretKeys().forEach(key -> settings.put(key, SECRET));
        settings.put(ConfigKeys.VISITOR_KEY_BEFORE, SECRET + "-before");
        settings.put("kafka.bootstrap.servers", broker.saslServers());
        settings.put("kafka.security.protocol", "SASL_SSL");
        settings.put("kafka.sasl.mechanism", "SCRAM-SHA-512");
        settings.put(
                "kafka.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + TlsBroker.USER
                        + "\" password=\"" + TlsBroker.SECRET + "\";");
        settings.put("kafka.ssl.truststore.type", "PEM");
        settings.put("kafka.ssl.truststore.location", broker.brokerCertificate().toString());
        settings.put("kafka.ssl.keystore.type", "PKCS12");
        settings.put("kafka.ssl.keystore.location", broker.clientKeys().toString());
        settings.put("kafka.ssl.keystore.password", TlsBroker.SECRET);
        settings.put("kafka.ssl.key.password", TlsBroker.SECRET);
        settings.put("schema.registry.url", registry);
        settings.put("http.basic.auth.user", "somebody");
        String keys =
                TestKeys.pkcs12(folder.resolve("http.p12"), "weir", SECRET).toString();
        settings.put("http.tls.keystore", keys);
        for (String store : List.of("truststore", "keystore")) {
            settings.put("schema.registry.ssl." + store + ".location", keys);
            settings.put("schema.registry.ssl." + store + ".type", "PKCS12");
        }
        settings.put("http.port", "0");
        settings.put("state.dir", folder.resolve("state").toString());
        return WeirConfig.of(settings);
    }

    @Test
    void noSecretIsNamedInAComplaint() {
        List<String> arguments = new ArrayList<>(List.of("run"));
        for (String setting : List.of(
                "kafka.sasl.jaas.config=" + CANARY,
                "kafka.ssl.keystore.password=" + CANARY,
                "http.tls.keystore=/absent.p12",
                "stream.threads=many")) {
            arguments.addAll(List.of("--set", setting));
        }
        for (String key : secretKeys()) {
            String misspelt = key.substring(0, key.length() - 1);
            arguments.addAll(List.of("--set", key + "=" + CANARY, "--set", misspelt + "=" + CANARY));
        }
        CommandRun wrong = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.out() + wrong.err()).contains("stream.threads").doesNotContain(CANARY);
        arguments.add("--help");
        CommandRun help = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(help.out() + help.err()).contains("Usage").doesNotContain(CANARY);

        CommandRun login = CommandRun.of(
                "reset",
                "--set",
                "kafka.bootstrap.servers=" + broker.saslServers(),
                "--set",
                "kafka.security.protocol=SASL_SSL",
                "--set",
                "kafka.sasl.mechanism=SCRAM-SHA-512",
                "--set",
                "kafka.sasl.jaas.config=no.such.Module required password=\"" + CANARY + "\";");
        assertThat(login.status()).isNotZero();
        assertThat(login.out() + login.err()).isNotBlank().doesNotContain(CANARY, "\tat ");
    }

    private String get(URI uri) throws Exception {
        String login = Base64.getEncoder().encodeToString(("somebody:" + SECRET).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Basic " + login)
                .build();
        HttpClient client = HttpClient.newBuilder()
                .sslContext(TlsKeys.read(folder.resolve("http.p12"), SECRET).client())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
