package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import io.weir.schema.Click;
import io.weir.wire.EmbeddedSchemaRegistry.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask the registry, and whom we take for it: credentials, certificates and the settings that name them. */
class RegistryAccessTest {
    private static final Schema CLICK = PortableSchema.of(Click.getClassSchema());

    private RegistryOverHttp server;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        server = new RegistryOverHttp();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void basicAuthenticationIsSentUnderEachOfConfluentsKeys() {
        int id = server.registry.register("weir.clicks-value", CLICK);
        server.before = requiring("weir:pass:wörd");
        assertThat(client(Map.of(
                                "basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "weir:pass:wörd"))
                        .schemaById(id))
                .isEqualTo(CLICK);
        assertThat(client(Map.of("schema.registry.basic.auth.user.info", "weir:pass:wörd"))
                        .schemaById(id))
                .isEqualTo(CLICK);
        String inUrl = server.url().replace("://", "://weir:pass%3Aw%C3%B6rd@");
        assertThat(client(Map.of("schema.registry.url", inUrl)).schemaById(id)).isEqualTo(CLICK);
    }

    @Test
    void wrongCredentialsAreNotRetriedAndNeverShown() {
        server.before = requiring("weir:right");
        HttpSchemaRegistry client = client(Map.of("basic.auth.user.info", "weir:secret7"));
        assertThatThrownBy(() -> client.schemaById(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("401")
                .hasMessageContaining("basic.auth.user.info")
                .hasMessageNotContaining("secret7");
        assertThat(server.requests).hasSize(1);
        assertThat(client(Map.of("schema.registry.url", server.url().replace("://", "://weir:secret7@"))))
                .hasToString("schema registry at [" + server.url() + "]");
    }

    @Test
    void serverIsTrustedByTheConfiguredStoreAndAsksForOurCertificate() throws Exception {
        Path serverKeys = TestKeys.keyStore(directory, "server");
        Path clientKeys = TestKeys.keyStore(directory, "client");
        Path trustedByClient = TestKeys.trusting(serverKeys, directory, "server");
        Path trustedByServer = TestKeys.trusting(clientKeys, directory, "client");
        SSLContext context = TestKeys.context(serverKeys, trustedByServer);
        try (RegistryOverHttp secure = RegistryOverHttp.tls(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                var required = context.getDefaultSSLParameters();
                required.setNeedClientAuth(true);
                parameters.setSSLParameters(required);
            }
        })) {
            int id = secure.registry.register("weir.clicks-value", CLICK);
            Map<String, Object> trust = new HashMap<>(Map.of(
                    "schema.registry.url",
                    secure.url(),
                    "schema.registry.ssl.truststore.location",
                    trustedByClient.toString(),
                    "schema.registry.ssl.truststore.password",
                    TestKeys.PASSWORD,
                    "schema.registry.ssl.truststore.type",
                    "PKCS12"));
            assertThatThrownBy(() -> client(trust).schemaById(id)).isInstanceOf(RegistryUnavailableException.class);

            trust.put("schema.registry.ssl.keystore.location", clientKeys.toString());
            trust.put("schema.registry.ssl.keystore.password", TestKeys.PASSWORD);
            trust.put("schema.registry.ssl.keystore.type", "PKCS12");
            trust.put("schema.registry.ssl.key.password", TestKeys.PASSWORD);
            assertThat(client(trust).schemaById(id)).isEqualTo(CLICK);

            Map<String, Object> pem = new HashMap<>(trust);
            pem.put("schema.registry.ssl.truststore.type", "PEM");
            pem.put(
                    "schema.registry.ssl.truststore.location",
                    directory.resolve("server.pem").toString());
            pem.remove("schema.registry.ssl.truststore.password");
            assertThat(client(pem).schemaById(id)).isEqualTo(CLICK);

            assertThatThrownBy(() ->
                            client(Map.of("schema.registry.url", secure.url())).schemaById(id))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining(secure.url())
                    .hasMessageContaining("SSL");
        }
    }

    @Test
    void wrongSettingsAreNamedWithWhatIsAllowed() throws IOException {
        assertConfig(Map.of(), "schema.registry.url", "http://");
        assertConfig(Map.of("schema.registry.url", "registry:8081"), "schema.registry.url", "http://HOST");
        assertConfig(Map.of("schema.registry.url", "http://a:1,,http://b:1"), "schema.registry.url");
        assertConfig(Map.of("schema.registry.url", "http://u:secret7@ a"), "schema.registry.url");
        String url = "http://127.0.0.1:1";
        assertConfig(
                Map.of("schema.registry.url", url, "basic.auth.credentials.source", "SASL_INHERIT"),
                "basic.auth.credentials.source",
                "USER_INFO");
        assertConfig(
                Map.of("schema.registry.url", url, "basic.auth.credentials.source", "USER_INFO"),
                "basic.auth.user.info");
        assertConfig(Map.of("schema.registry.url", url, "basic.auth.user.info", "secret7"), "user:password");
        assertConfig(Map.of("schema.registry.url", url, "max.retries", "many"), "max.retries", "many");
        Path noStore = Files.writeString(directory.resolve("no-store"), "hello");
        assertConfig(
                Map.of("schema.registry.url", url, "schema.registry.ssl.truststore.location", noStore.toString()),
                "schema.registry.ssl",
                noStore.toString());
    }

    private HttpSchemaRegistry client(Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("schema.registry.url", server.url()));
        all.putAll(settings);
        return new HttpSchemaRegistry(quick(all));
    }

    private static Map<String, Object> quick(Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("retries.wait.ms", 1, "retries.max.wait.ms", 2));
        all.putAll(settings);
        return all;
    }

    private static void assertConfig(Map<String, ?> settings, String... inMessage) {
        assertThatThrownBy(() -> new HttpSchemaRegistry(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(inMessage)
                .hasMessageNotContaining("secret7");
    }

    private static Function<HttpExchange, Response> requiring(String userInfo) {
        String header = "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
        return exchange -> header.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                ? null
                : new Response(401, "{\"error_code\":40101,\"message\":\"Unauthorized\"}");
    }
}
