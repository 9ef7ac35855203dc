package io.weir.app.config;

import io.weir.serde.VisitorNames;
import io.weir.topology.OtherVisitorKeyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The keys that hide who the visitors are. They are never shown: problems name the setting, not what it holds. */
public final class VisitorKeys {
    /** In place of a file of an earlier key: there was none, and ids are stored as they came. */
    static final String NO_KEY_BEFORE = "none";

    private static final int LEAST_BYTES = 32;
    private static final int MOST_BYTES = 4_096;
    private static final String CURE = "openssl rand -base64 32 makes one";

    private final byte @Nullable [] now;
    private final byte @Nullable [] before;
    private final boolean sinceIds;
    private final List<String> problems = new ArrayList<>();

    private VisitorKeys(WeirConfig config) {
        this.sinceIds = config.text(ConfigKeys.VISITOR_KEY_BEFORE_FILE).equals(NO_KEY_BEFORE);
        this.now = read(config, ConfigKeys.VISITOR_KEY, ConfigKeys.VISITOR_KEY_FILE);
        this.before = sinceIds ? null : read(config, ConfigKeys.VISITOR_KEY_BEFORE, ConfigKeys.VISITOR_KEY_BEFORE_FILE);
        boolean keyBefore = sinceIds || before != null;
        if (keyBefore && now == null && problems.isEmpty()) {
            problems.add(ConfigKeys.VISITOR_KEY_FILE + ": missing; " + ConfigKeys.VISITOR_KEY_BEFORE_FILE
                    + " is what held before it, and alone hides nobody");
        }
        if (now != null && Arrays.equals(now, before)) {
            problems.add(ConfigKeys.VISITOR_KEY_BEFORE_FILE + ": holds the same key as " + ConfigKeys.VISITOR_KEY_FILE
                    + "; give the one that was used before, or leave it out");
        }
    }

    /** What is wrong with these settings; each line names the key and the cure. */
    public static List<String> problems(WeirConfig config) {
        return List.copyOf(new VisitorKeys(config).problems);
    }

    /** @throws ConfigurationException naming every problem at once */
    public static void check(WeirConfig config) {
        names(config);
    }

    /**
     * Makes what visitors are called inside Weir; each for one thread.
     *
     * @throws ConfigurationException naming every problem at once
     */
    public static Supplier<VisitorNames> names(WeirConfig config) {
        VisitorKeys keys = new VisitorKeys(config);
        if (!keys.problems.isEmpty()) {
            throw new ConfigurationException(keys.problems);
        }
        return keys::names;
    }

    /** How to come by an instance that knows the stored visitors. */
    public static String cure(OtherVisitorKeyException refusal) {
        if (refusal.storedByIds()) {
            return "Where the key is the first, set " + ConfigKeys.VISITOR_KEY_BEFORE_FILE + "=" + NO_KEY_BEFORE
                    + " beside it; if there is to be none, take " + ConfigKeys.VISITOR_KEY + " and "
                    + ConfigKeys.VISITOR_KEY_FILE + " out";
        }
        return "Every instance needs the same " + ConfigKeys.VISITOR_KEY + " or " + ConfigKeys.VISITOR_KEY_FILE
                + ". While the key changes, and also to go back, give the other one as "
                + ConfigKeys.VISITOR_KEY_BEFORE + " or " + ConfigKeys.VISITOR_KEY_BEFORE_FILE
                + ". Where that key is lost, start anew under another application.id";
    }

    private VisitorNames names() {
        if (now == null) {
            return VisitorNames.asTheyCome();
        }
        if (before != null) {
            return VisitorNames.by(now, before);
        }
        return sinceIds ? VisitorNames.byKeySinceIds(now) : VisitorNames.by(now);
    }

    /** The key as it is set or as the file holds it, without white space around it; null for none. */
    private byte @Nullable [] read(WeirConfig config, String setting, String fileSetting) {
        String set = config.text(setting);
        String file = config.text(fileSetting);
        if (!set.isEmpty() && !file.isEmpty()) {
            problems.add(setting + ": there beside " + fileSetting + "; give one of the two");
            return null;
        }
        if (set.isEmpty() && file.isEmpty()) {
            return null;
        }
        String from = file.isEmpty() ? setting + ": " : fileSetting + ": found " + file + "; ";
        try {
            byte[] key = trimmed(file.isEmpty() ? set.getBytes(StandardCharsets.UTF_8) : readFile(Path.of(file)));
            if (key.length >= LEAST_BYTES && key.length <= MOST_BYTES) {
                return key;
            }
            problems.add(from + "the key has " + (key.length > MOST_BYTES ? "more than " + MOST_BYTES : key.length)
                    + " bytes; allowed are " + LEAST_BYTES + " to " + MOST_BYTES + ", hard to guess: " + CURE);
        } catch (IOException | IllegalArgumentException e) {
            problems.add(from + "it cannot be read (" + e.getClass().getSimpleName()
                    + "); a file that holds a key is needed: " + CURE);
        }
        return null;
    }

    private static byte[] readFile(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES + 1);
        }
    }

    private static byte[] trimmed(byte[] key) {
        int from = 0;
        int to = key.length;
        while (from < to && key[from] >= 0 && key[from] <= ' ') {
            from++;
        }
        while (to > from && key[to - 1] >= 0 && key[to - 1] <= ' ') {
            to--;
        }
        return Arrays.copyOfRange(key, from, to);
    }
}
