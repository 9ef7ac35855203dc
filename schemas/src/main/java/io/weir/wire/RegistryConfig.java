package io.weir.wire;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a schema registry's client, under the names that Confluent's clients use; unknown keys are ignored.
 *
 * <p>Keys: {@code schema.registry.url} (one or more, separated by commas, tried in turn),
 * {@code basic.auth.credentials.source} ({@code USER_INFO} or {@code URL}) with {@code basic.auth.user.info} or
 * {@code schema.registry.basic.auth.user.info} ({@code user:password}), {@code http.connect.timeout.ms},
 * {@code http.read.timeout.ms}, {@code max.retries}, {@code retries.wait.ms} (doubled for each retry up to
 * {@code retries.max.wait.ms}), {@code auto.register.schemas}, and {@code schema.registry.ssl.*}, see
 * {@link RegistryTls}. Instead of a URL, {@code schema.registry.client} may hold a {@link SchemaRegistry} itself.
 *
 * @param endpoints where to ask, in order of preference
 * @param tls null for the JVM's own trust store
 */
record RegistryConfig(
        List<Endpoint> endpoints,
        @Nullable SSLContext tls,
        Duration connectTimeout,
        Duration readTimeout,
        int maxRetries,
        Duration firstWait,
        Duration maxWait) {

    static final String URL = "schema.registry.url";
    static final String CLIENT = "schema.registry.client";
    static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
    static final String USER_INFO = "basic.auth.user.info";
    static final String PREFIXED_USER_INFO = "schema.registry.basic.auth.user.info";
    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    static final String READ_TIMEOUT = "http.read.timeout.ms";
    static final String MAX_RETRIES = "max.retries";
    static final String FIRST_WAIT = "retries.wait.ms";
    static final String MAX_WAIT = "retries.max.wait.ms";

    /**
     * One server of the registry.
     *
     * @param base without credentials and without a final slash
     * @param authorization the header's value, or null for none
     */
    record Endpoint(URI base, @Nullable String authorization) {
        /** Only the address: credentials must not reach a log. */
        @Override
        public String toString() {
            return base.toString();
        }
    }

    /** @throws ConfigException if a setting is missing or wrong; the message names the key and what is allowed */
    static RegistryConfig parse(Map<String, ?> configs) {
        return new RegistryConfig(
                endpoints(configs),
                RegistryTls.context(configs),
                Duration.ofMillis(number(configs, CONNECT_TIMEOUT, 5_000, n -> n > 0)),
                Duration.ofMillis(number(configs, READ_TIMEOUT, 10_000, n -> n > 0)),
                Math.toIntExact(number(configs, MAX_RETRIES, 3, n -> n >= 0 && n <= 1_000)),
                Duration.ofMillis(number(configs, FIRST_WAIT, 500, n -> n >= 0)),
                Duration.ofMillis(number(configs, MAX_WAIT, 20_000, n -> n >= 0)));
    }

    /** The client that the settings hold, or a new one over HTTP. */
    static SchemaRegistry registryOf(Map<String, ?> configs) {
        Object client = configs.get(CLIENT);
        if (client == null) {
            return new HttpSchemaRegistry(configs);
        }
        if (client instanceof SchemaRegistry registry) {
            return registry;
        }
        throw new ConfigException(CLIENT, client, "must be an instance of " + SchemaRegistry.class.getName());
    }

    static boolean autoRegister(Map<String, ?> configs) {
        String value = text(configs, AUTO_REGISTER);
        if (value == null || value.equalsIgnoreCase("true")) {
            return true;
        }
        if (value.equalsIgnoreCase("false")) {
            return false;
        }
        throw new ConfigException(AUTO_REGISTER, value, "must be true or false");
    }

    private static List<Endpoint> endpoints(Map<String, ?> configs) {
        String urls = text(configs, URL);
        if (urls == null) {
            throw new ConfigException(URL + " is missing; expected one or more, for example http://localhost:8081");
        }
        String userInfo = userInfo(configs);
        List<Endpoint> result = new ArrayList<>();
        for (String url : urls.split(",", -1)) {
            result.add(endpoint(url.strip(), userInfo));
        }
        return List.copyOf(result);
    }

    private static Endpoint endpoint(String url, @Nullable String userInfo) {
        URI uri;
        try {
            uri = URI.create(url.replaceFirst("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw wrongUrl(e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || uri.getHost() == null || uri.getRawQuery() != null) {
            throw wrongUrl(null);
        }
        String inUrl = uri.getRawUserInfo();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        URI base = URI.create(scheme + "://" + uri.getHost() + port + path);
        String credentials = userInfo != null || inUrl == null
                ? userInfo
                : URLDecoder.decode(inUrl.replace("+", "%2B"), StandardCharsets.UTF_8);
        return new Endpoint(base, credentials == null ? null : basic(credentials));
    }

    /** Without the value: it may hold a password. */
    private static ConfigException wrongUrl(@Nullable Exception cause) {
        var wrong =
                new ConfigException(URL + ": expected http://HOST[:PORT][/PATH] or https://..., several with commas");
        wrong.initCause(cause);
        return wrong;
    }

    private static @Nullable String userInfo(Map<String, ?> configs) {
        String source = text(configs, CREDENTIALS_SOURCE);
        if (source != null && !Set.of("USER_INFO", "URL").contains(source)) {
            throw new ConfigException(CREDENTIALS_SOURCE, source, "must be USER_INFO or URL");
        }
        if ("URL".equals(source)) {
            return null;
        }
        String prefixed = text(configs, PREFIXED_USER_INFO);
        String info = prefixed == null ? text(configs, USER_INFO) : prefixed;
        if (info == null && source != null) {
            throw new ConfigException(USER_INFO + " is missing; " + CREDENTIALS_SOURCE + "=USER_INFO needs it");
        }
        if (info != null && info.indexOf(':') < 0) {
            throw new ConfigException(USER_INFO + ": expected user:password");
        }
        return info;
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    private static long number(Map<String, ?> configs, String key, long usual, LongPredicate allowed) {
        String value = text(configs, key);
        if (value == null) {
            return usual;
        }
        try {
            long number = Long.parseLong(value);
            if (allowed.test(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, together with numbers out of range.
        }
        throw new ConfigException(key, value, "must be a whole number in its range, usually " + usual);
    }

    /** A setting as text, or null if it is absent or blank. Lists, as some callers give them, are joined by commas. */
    private static @Nullable String text(Map<String, ?> configs, String key) {
        Object value = configs.get(key);
        if (value == null) {
            return null;
        }
        String text;
        if (value instanceof Password password) {
            text = password.value();
        } else if (value instanceof List<?> list) {
            text = String.join(",", list.stream().map(String::valueOf).toList());
        } else {
            text = value.toString();
        }
        return text.isBlank() ? null : text.strip();
    }
}
