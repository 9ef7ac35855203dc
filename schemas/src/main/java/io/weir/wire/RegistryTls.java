package io.weir.wire;

import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards the registry, from {@code schema.registry.ssl.*}: Kafka's own settings with a prefix, read by Kafka's own
 * code, so key stores and trust stores may be JKS, PKCS12 or PEM. Host names are always verified.
 */
final class RegistryTls {
    private static final String PREFIX = "schema.registry.";

    private RegistryTls() {}

    /**
     * The context to connect with, or null if no such setting is present.
     *
     * @throws ConfigException if a store cannot be read
     */
    static @Nullable SSLContext context(Map<String, ?> configs) {
        Map<String, Object> given = new HashMap<>();
        configs.forEach((key, value) -> {
            if (key.startsWith(PREFIX + "ssl.") && value != null) {
                given.put(key.substring(PREFIX.length()), value);
            }
        });
        if (given.isEmpty()) {
            return null;
        }
        ConfigDef known = new ConfigDef();
        SslConfigs.addClientSslSupport(known);
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(known.parse(given));
            return factory.sslContext();
        } catch (KafkaException e) {
            var wrong = new ConfigException(PREFIX + "ssl.*: " + e.getMessage());
            wrong.initCause(e);
            throw wrong;
        }
    }
}
