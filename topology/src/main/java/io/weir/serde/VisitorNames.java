package io.weir.serde;

import io.weir.domain.Event;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What visitors are called inside Weir: by pseudonyms where there is a key, or else by their ids as they come.
 *
 * <p>A pseudonym is the HMAC-SHA-256 (RFC 2104, FIPS 180-4) of the id's UTF-8, its first 128 bits in base64url without
 * padding, 22 characters. Nobody without the key can make it from an id, or tell whose it is by trying ids. Of a billion
 * visitors two share one with a probability below 10<sup>−20</sup>.
 *
 * <p>Not thread-safe: each task has its own.
 */
public final class VisitorNames {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;
    private static final int FINGERPRINT_BYTES = 8;

    /** No visitor has this id, since it is no UTF-8. */
    private static final byte[] NOBODY = {(byte) 0xFF, 'k', 'e', 'y'};

    /** In place of a key's fingerprint: visitors are called by their ids. */
    public static final String IDS = "";

    private static final VisitorNames AS_THEY_COME = new VisitorNames(null, IDS, null, null);

    private final @Nullable Mac now;
    private final String fingerprint;
    private final @Nullable Naming before;
    private final @Nullable String fingerprintBefore;

    private interface Naming {
        String name(byte[] visitorId);
    }

    private VisitorNames(
            @Nullable Mac now, String fingerprint, @Nullable Naming before, @Nullable String fingerprintBefore) {
        this.now = now;
        this.fingerprint = fingerprint;
        this.before = before;
        this.fingerprintBefore = fingerprintBefore;
    }

    private static VisitorNames by(byte[] key, @Nullable Naming before, @Nullable String fingerprintBefore) {
        Mac now = mac(key);
        return new VisitorNames(now, fingerprint(now), before, fingerprintBefore);
    }

    /** Visitors are called by their ids. */
    public static VisitorNames asTheyCome() {
        return AS_THEY_COME;
    }

    /** Visitors are called by pseudonyms of this key, and have never been called otherwise. */
    public static VisitorNames by(byte[] key) {
        return by(key, null, null);
    }

    /** The same, and some may still be known by the pseudonyms of an earlier key. */
    public static VisitorNames by(byte[] key, byte[] keyBefore) {
        Mac before = mac(keyBefore);
        return by(key, visitorId -> pseudonym(before, visitorId), fingerprint(before));
    }

    /** The same, and some may still be known by their ids. */
    public static VisitorNames byKeySinceIds(byte[] key) {
        return by(key, visitorId -> new String(visitorId, StandardCharsets.UTF_8), IDS);
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static String pseudonym(Mac mac, byte[] visitorId) {
        byte[] first = Arrays.copyOf(mac.doFinal(visitorId), BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(first);
    }

    private static String fingerprint(Mac mac) {
        return HexFormat.of().formatHex(mac.doFinal(NOBODY), 0, FINGERPRINT_BYTES);
    }

    /**
     * Tells the key from others, and not what it is: the first 64 bits of the HMAC of what is nobody's id, 16 hexadecimal
     * digits; {@link #IDS} where there is no key.
     */
    public String fingerprint() {
        return fingerprint;
    }

    /** Whether visitors whom the key of this {@link #fingerprint} has named are found under these names. */
    public boolean find(String named) {
        return named.equals(fingerprint) || named.equals(fingerprintBefore);
    }

    /** What the visitor is called. @param visitorId in UTF-8 */
    public String name(byte[] visitorId) {
        return now == null ? new String(visitorId, StandardCharsets.UTF_8) : pseudonym(now, visitorId);
    }

    /** What the visitor was called before the key was changed; null if it was not. */
    public @Nullable String nameBefore(byte[] visitorId) {
        return before == null ? null : before.name(visitorId);
    }

    /** Whether ids are hidden. */
    public boolean arePseudonyms() {
        return now != null;
    }

    /** The event with its visitor's name in place of the id. */
    Event rename(Event event, byte[] visitorId) {
        return now == null ? event : event.ofVisitor(pseudonym(now, visitorId));
    }
}
