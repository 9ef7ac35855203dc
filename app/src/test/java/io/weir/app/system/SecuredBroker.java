package io.weir.app.system;

import static org.awaitility.Awaitility.await;

import io.weir.app.acls.Grant;
import io.weir.app.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePatternFilter;

/**
 * A real broker that allows nothing to anybody, except to the tests themselves on a listener without a login. Others
 * log in with SASL/PLAIN: {@link #PASSWORD} is everybody's password.
 */
final class SecuredBroker implements AutoCloseable {
    static final String PASSWORD = "password-of-a-test";
    private static final String HOST = "127.0.0.1";
    private static final List<String> USERS = List.of("weir", "shop", "operator");

    private final Path folder;
    private final EmbeddedBroker broker;
    private final int saslPort;
    private final Admin admin;

    private SecuredBroker(Path folder) throws IOException {
        this.folder = folder;
        int port = freePort();
        this.saslPort = freePort();
        this.broker = EmbeddedBroker.start(folder, port, settings(port, saslPort, freePort()));
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
    }

    static SecuredBroker start() throws IOException {
        return new SecuredBroker(Files.createTempDirectory("weir-secured-broker-"));
    }

    private static Map<String, String> settings(int port, int saslPort, int controllerPort) {
        Map<String, String> settings = new LinkedHashMap<>();
        String open = "PLAINTEXT://" + HOST + ":" + port;
        String sasl = "SASL_PLAINTEXT://" + HOST + ":" + saslPort;
        settings.put("listeners", open + "," + sasl + ",CONTROLLER://" + HOST + ":" + controllerPort);
        settings.put("advertised.listeners", open + "," + sasl);
        settings.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
        settings.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put("listener.name.sasl_plaintext.plain.sasl.jaas.config", passwords());
        settings.put("authorizer.class.name", RecordingAuthorizer.class.getName());
        settings.put("super.users", "User:ANONYMOUS");
        return settings;
    }

    private static String passwords() {
        StringBuilder jaas = new StringBuilder("org.apache.kafka.common.security.plain.PlainLoginModule required");
        USERS.forEach(user -> jaas.append(" user_")
                .append(user)
                .append("=\"")
                .append(PASSWORD)
                .append('"'));
        return jaas.append(';').toString();
    }

    /** For the tests themselves: may do anything. */
    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Settings with which one of the users reaches this broker. */
    Map<String, String> login(String user) {
        return Map.of(
                "kafka.bootstrap.servers",
                HOST + ":" + saslPort,
                "kafka.security.protocol",
                "SASL_PLAINTEXT",
                "kafka.sasl.mechanism",
                "PLAIN",
                "kafka.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                        + PASSWORD + "\";");
    }

    /** Allows exactly this to the user, and nothing else; returns when the broker goes by it. */
    void allow(String user, List<Grant> grants) throws InterruptedException, ExecutionException {
        String principal = "User:" + user;
        AclBindingFilter ofUser = new AclBindingFilter(
                ResourcePatternFilter.ANY,
                new AccessControlEntryFilter(principal, null, AclOperation.ANY, AclPermissionType.ANY));
        admin.deleteAcls(List.of(ofUser)).all().get();
        Set<AclBinding> bindings =
                grants.stream().map(grant -> grant.binding(principal)).collect(Collectors.toSet());
        admin.createAcls(bindings).all().get();
        // The controller has them now, and the broker somewhat later, one after the other.
        await().until(() ->
                bindings.equals(Set.copyOf(admin.describeAcls(ofUser).values().get())));
        RecordingAuthorizer.forget(principal);
    }

    Admin admin() {
        return admin;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        admin.close();
        broker.close();
        Folders.delete(folder);
    }
}
