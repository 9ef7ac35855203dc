package io.weir.app.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The one user who may ask, by HTTP's basic authentication (RFC 7617, UTF-8). How long a comparison takes tells nothing
 * about how much of a guess was right. Thread-safe.
 */
public final class BasicLogin {
    private static final String SCHEME = "Basic ";

    private final byte[] expected;

    public BasicLogin(String user, String password) {
        this.expected = digest((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** What tells the one who asked to log in. */
    static String challenge() {
        return "Basic realm=\"Weir\", charset=\"UTF-8\"";
    }

    /** @param authorization the header of that name, null if there is none */
    boolean admits(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        try {
            byte[] given = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            return MessageDigest.isEqual(expected, digest(given));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] digest(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Tells nothing. */
    @Override
    public String toString() {
        return "BasicLogin";
    }
}
