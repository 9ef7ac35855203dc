package io.weir.app.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * The key and certificates that the server shows, from a PKCS12 or PEM file.
 *
 * @param server what the server listens with
 * @param client what trusts other instances: certificates that Java trusts, and those in the file
 */
public record TlsKeys(SSLContext server, SSLContext client) {

    /**
     * Reads the file.
     *
     * @param password of the store, or of an encrypted key in PEM; null for none
     * @throws IOException if it cannot be read, saying why
     */
    public static TlsKeys read(Path file, @Nullable String password) throws IOException {
        boolean pem = Files.readString(file, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
        Map<String, Object> given = new HashMap<>();
        given.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, file.toString());
        given.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, pem ? "PEM" : "PKCS12");
        if (password != null) {
            Password secret = new Password(password);
            given.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, secret);
            if (!pem) {
                given.put(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, secret);
            }
        }
        ConfigDef known = new ConfigDef();
        SslConfigs.addClientSslSupport(known);
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(known.parse(given));
            return new TlsKeys(factory.sslContext(), trusting(factory.keystore()));
        } catch (KafkaException | GeneralSecurityException e) {
            throw new IOException(reason(e), e);
        }
    }

    private static SSLContext trusting(KeyStore keys) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        for (TrustManager known : managers(null)) {
            if (known instanceof X509TrustManager certificates) {
                for (X509Certificate issuer : certificates.getAcceptedIssuers()) {
                    trusted.setCertificateEntry("java-" + trusted.size(), issuer);
                }
            }
        }
        for (String alias : Collections.list(keys.aliases())) {
            Certificate[] chain = keys.getCertificateChain(alias);
            for (Certificate certificate : chain == null ? new Certificate[0] : chain) {
                trusted.setCertificateEntry("own-" + trusted.size(), certificate);
            }
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers(trusted), null);
        return context;
    }

    /** @param trusted null for what Java trusts */
    private static TrustManager[] managers(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    /** What the Java libraries say best: that the password is wrong, for one. */
    private static String reason(Throwable failure) {
        Throwable best = failure;
        while (best.getCause() != null && !(best instanceof IOException)) {
            best = best.getCause();
        }
        String message = best.getMessage();
        return message == null ? best.getClass().getSimpleName() : message;
    }
}
