package io.weir.app.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keys for TLS tests, made with the JDK's keytool when they are needed. */
public final class TestKeys {
    public static final String PASSWORD = "changeit";

    private TestKeys() {}

    /** A PKCS12 store with a key and a self-signed certificate for 127.0.0.1. */
    public static Path pkcs12(Path folder) throws IOException, InterruptedException {
        return pkcs12(folder.resolve("keys.p12"), "weir", PASSWORD);
    }

    /** The same in this file, for somebody of this name, protected by this password. */
    public static Path pkcs12(Path store, String name, String password) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(("-genkeypair -alias weir -keyalg EC -dname CN=" + name + " -validity 2"
                        + " -ext SAN=ip:127.0.0.1,dns:localhost -storetype PKCS12 -storepass " + password
                        + " -keystore " + store)
                .split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool: " + output);
        }
        return store;
    }

    /** The same as PEM, the key without a password. */
    static Path pem(Path pkcs12) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(pkcs12.toFile(), PASSWORD.toCharArray());
        Key key = store.getKey("weir", PASSWORD.toCharArray());
        return Files.writeString(
                pkcs12.resolveSibling("keys.pem"),
                block("PRIVATE KEY", key.getEncoded())
                        + block("CERTIFICATE", store.getCertificate("weir").getEncoded()));
    }

    /** The certificate of such a store, as PEM. */
    public static Path certificate(Path pkcs12, String password, Path file)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(pkcs12.toFile(), password.toCharArray());
        return Files.writeString(
                file, block("CERTIFICATE", store.getCertificate("weir").getEncoded()));
    }

    private static String block(String name, byte[] bytes) {
        return "-----BEGIN " + name + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + name + "-----\n";
    }
}
