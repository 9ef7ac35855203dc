package io.weir.app;

import io.weir.app.config.ConfigKeys;
import io.weir.app.config.ConfigurationException;
import io.weir.app.config.WeirConfig;
import io.weir.app.http.Access;
import io.weir.app.http.BasicLogin;
import io.weir.app.http.TlsKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the settings let the HTTP server be reached: by others than this machine only with TLS and a login. */
public final class HttpAccess {
    private HttpAccess() {}

    /** What is wrong with these settings; each line names the key and the cure. */
    public static List<String> problems(WeirConfig config) {
        List<String> problems = new ArrayList<>();
        String user = config.text(ConfigKeys.HTTP_USER);
        String password = config.text(ConfigKeys.HTTP_PASSWORD);
        String keys = config.text(ConfigKeys.HTTP_KEYSTORE);
        if (user.isEmpty() != password.isEmpty()) {
            String missing = user.isEmpty() ? ConfigKeys.HTTP_USER : ConfigKeys.HTTP_PASSWORD;
            String given = user.isEmpty() ? ConfigKeys.HTTP_PASSWORD : ConfigKeys.HTTP_USER;
            problems.add(missing + ": missing; a login needs both, and " + given + " is there");
        }
        if (user.contains(":")) {
            problems.add(ConfigKeys.HTTP_USER + ": found " + user + "; allowed is a name without a colon");
        }
        if (!keys.isEmpty()) {
            try {
                read(config);
            } catch (IOException e) {
                problems.add(ConfigKeys.HTTP_KEYSTORE + ": found " + keys + "; it cannot be read (" + e.getMessage()
                        + "); a PKCS12 or PEM file with a key and its certificates is needed, and what protects it in "
                        + ConfigKeys.HTTP_KEYSTORE_PASSWORD);
            }
        }
        String host = config.text(ConfigKeys.HTTP_HOST);
        boolean safe = !keys.isEmpty() && !user.isEmpty() || isLoopback(host);
        if (!safe && !Boolean.parseBoolean(config.text(ConfigKeys.HTTP_INSECURE))) {
            problems.add(ConfigKeys.HTTP_HOST + ": found " + host + ", which other machines can reach; set "
                    + ConfigKeys.HTTP_KEYSTORE + ", " + ConfigKeys.HTTP_USER + " and " + ConfigKeys.HTTP_PASSWORD
                    + " for TLS and a login, or " + ConfigKeys.HTTP_INSECURE
                    + "=true where the network keeps strangers out, or 127.0.0.1");
        }
        return problems;
    }

    /** @throws ConfigurationException naming every problem at once */
    public static void check(WeirConfig config) {
        List<String> problems = problems(config);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** @throws ConfigurationException as {@link #check} does */
    static Access of(WeirConfig config) {
        check(config);
        String user = config.text(ConfigKeys.HTTP_USER);
        return new Access(
                config.text(ConfigKeys.HTTP_HOST),
                config.number(ConfigKeys.HTTP_PORT),
                tls(config),
                user.isEmpty() ? null : new BasicLogin(user, config.text(ConfigKeys.HTTP_PASSWORD)));
    }

    private static @Nullable TlsKeys tls(WeirConfig config) {
        try {
            return config.text(ConfigKeys.HTTP_KEYSTORE).isEmpty() ? null : read(config);
        } catch (IOException e) {
            throw new ConfigurationException(List.of(ConfigKeys.HTTP_KEYSTORE + ": " + e.getMessage()));
        }
    }

    private static TlsKeys read(WeirConfig config) throws IOException {
        String password = config.text(ConfigKeys.HTTP_KEYSTORE_PASSWORD);
        return TlsKeys.read(Path.of(config.text(ConfigKeys.HTTP_KEYSTORE)), password.isEmpty() ? null : password);
    }

    private static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Where other instances reach this one, as {@code host:port}.
     *
     * @param port where it listens
     */
    static String advertised(WeirConfig config, int port) {
        String given = config.text(ConfigKeys.HTTP_ADVERTISED);
        if (!given.isEmpty()) {
            return given;
        }
        String host = config.text(ConfigKeys.HTTP_HOST);
        try {
            if (InetAddress.getByName(host).isAnyLocalAddress()) {
                host = InetAddress.getLocalHost().getHostName();
            }
        } catch (UnknownHostException e) {
            throw new ConfigurationException(
                    List.of(
                            ConfigKeys.HTTP_ADVERTISED
                                    + ": missing; this machine does not know its own name, so say where others reach it, as host:port"));
        }
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
