package io.weir.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Key stores for TLS tests, made with the JDK's keytool when they are needed. */
final class TestKeys {
    static final String PASSWORD = "changeit";

    private TestKeys() {}

    /** A PKCS12 store with a key and a self-signed certificate for 127.0.0.1. */
    static Path keyStore(Path directory, String name) throws IOException, InterruptedException {
        Path store = directory.resolve(name + ".p12");
        keytool("-genkeypair -alias " + name + " -keyalg EC -dname CN=" + name + " -validity 2"
                + " -ext SAN=ip:127.0.0.1,dns:localhost -storetype PKCS12 -keystore " + store);
        return store;
    }

    /** A PKCS12 store that trusts the certificate of the other one. */
    static Path trusting(Path keyStore, Path directory, String name) throws IOException, InterruptedException {
        Path certificate = directory.resolve(name + ".pem");
        Path store = directory.resolve(name + "-trusted.p12");
        keytool("-exportcert -rfc -alias " + name + " -keystore " + keyStore + " -file " + certificate);
        keytool("-importcert -noprompt -alias " + name + " -storetype PKCS12 -keystore " + store + " -file "
                + certificate);
        return store;
    }

    static SSLContext context(Path keyStore, Path trustStore) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(keyStore), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(load(trustStore));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void keytool(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool " + arguments + ": " + output);
        }
    }
}
