package io.weir.app.system;

import io.weir.app.broker.EmbeddedBroker;
import io.weir.app.http.TestKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A real broker with a listener of SASL_SSL and SCRAM-SHA-512 and one of mutual TLS, beside an open one for the tests
 * themselves. Its keys are made when it starts.
 */
final class TlsBroker implements AutoCloseable {
    static final String USER = "weir";

    /** What must be found nowhere; also protects all keys. */
    static final String SECRET = "canary-of-kafka-4711";

    private static final String HOST = "127.0.0.1";

    private final Path folder;
    private final EmbeddedBroker broker;
    private final int saslPort = freePort();
    private final int mutualPort = freePort();

    TlsBroker() throws Exception {
        folder = Files.createTempDirectory("weir-tls-broker-");
        Path keys = TestKeys.pkcs12(folder.resolve("broker.p12"), "broker", SECRET);
        TestKeys.certificate(keys, SECRET, folder.resolve("broker.crt"));
        Path client = TestKeys.pkcs12(folder.resolve("client.p12"), USER, SECRET);
        TestKeys.certificate(client, SECRET, folder.resolve("client.crt"));
        int port = freePort();
        broker = EmbeddedBroker.start(folder.resolve("data"), port, settings(port, freePort()));
        ScramCredentialInfo scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(USER, scram, SECRET)))
                    .all()
                    .get();
        }
    }

    private Map<String, String> settings(int port, int controllerPort) {
        Map<String, String> settings = new LinkedHashMap<>();
        String listeners = "PLAINTEXT://" + HOST + ":" + port + ",SASL_SSL://" + HOST + ":" + saslPort + ",SSL://"
                + HOST + ":" + mutualPort;
        settings.put("listeners", listeners + ",CONTROLLER://" + HOST + ":" + controllerPort);
        settings.put("advertised.listeners", listeners);
        settings.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
        settings.put(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL,CONTROLLER:PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put(
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", folder.resolve("broker.p12").toString());
        settings.put("ssl.keystore.password", SECRET);
        settings.put("ssl.key.password", SECRET);
        settings.put("listener.name.ssl.ssl.client.auth", "required");
        settings.put("listener.name.ssl.ssl.truststore.type", "PEM");
        settings.put(
                "listener.name.ssl.ssl.truststore.location",
                folder.resolve("client.crt").toString());
        return settings;
    }

    /** For the tests themselves. */
    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    String saslServers() {
        return HOST + ":" + saslPort;
    }

    String mutualServers() {
        return HOST + ":" + mutualPort;
    }

    /** The certificate of the broker, as PEM. */
    Path brokerCertificate() {
        return folder.resolve("broker.crt");
    }

    /** A client's key and certificate, as PKCS12. */
    Path clientKeys() {
        return folder.resolve("client.p12");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        broker.close();
        Folders.delete(folder);
    }
}
