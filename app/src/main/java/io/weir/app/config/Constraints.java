package io.weir.app.config;

import io.weir.app.figures.Ranking;
import io.weir.domain.WindowSize;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** What values are allowed. Each says so in the words that errors and the documentation use. */
final class Constraints {
    private Constraints() {}

    private interface Check {
        boolean allows(String value);
    }

    private static final class Named implements ConfigDef.Validator {
        private final String allowed;
        private final Check check;

        Named(String allowed, Check check) {
            this.allowed = allowed;
            this.check = check;
        }

        @Override
        public void ensureValid(String name, Object value) {
            if (value == null || !check.allows(value.toString())) {
                throw new ConfigException(name, value, "allowed is " + allowed);
            }
        }

        @Override
        public String toString() {
            return allowed;
        }
    }

    static ConfigDef.Validator durationOfAtLeast(Duration least) {
        String example = "an ISO-8601 duration such as PT10M or P7D, at least " + least;
        return new Named(example, value -> isDurationOfAtLeast(value, least));
    }

    private static boolean isDurationOfAtLeast(String value, Duration least) {
        try {
            Duration duration = Duration.parse(value);
            return duration.compareTo(least) >= 0 && duration.compareTo(Duration.ofDays(36_500)) <= 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    static ConfigDef.Validator timeZone() {
        return new Named("a time zone such as UTC or Asia/Shanghai", Constraints::isZone);
    }

    private static boolean isZone(String value) {
        try {
            ZoneId.of(value);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    static ConfigDef.Validator windows() {
        String sizes = Arrays.stream(WindowSize.values()).map(WindowSize::label).collect(Collectors.joining(","));
        return new Named("one or more of " + sizes + ", separated by commas", Constraints::areWindows);
    }

    private static boolean areWindows(String value) {
        try {
            for (String label : value.split(",", -1)) {
                WindowSize.of(label.strip());
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static ConfigDef.Validator currency() {
        return new Named("an ISO 4217 code such as CNY", value -> value.matches("[A-Z]{3}"));
    }

    static ConfigDef.Validator margin() {
        return new Named("a number from 0 to 1", Constraints::isMargin);
    }

    private static boolean isMargin(String value) {
        try {
            BigDecimal margin = new BigDecimal(value);
            return margin.signum() >= 0 && margin.compareTo(BigDecimal.ONE) <= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    static ConfigDef.Validator topicName() {
        return new Named(
                "1 to 249 letters, digits, dots, dashes and underscores",
                value -> value.matches("[a-zA-Z0-9._-]{1,249}") && !value.equals(".") && !value.equals(".."));
    }

    static ConfigDef.Validator guarantee() {
        return new Named(
                "exactly_once_v2 or at_least_once",
                value -> value.equals("exactly_once_v2") || value.equals("at_least_once"));
    }

    static ConfigDef.Validator trueOrFalse() {
        return new Named("true or false", value -> value.equals("true") || value.equals("false"));
    }

    static ConfigDef.Validator address() {
        return new Named(
                "blank, or host:port such as weir-1:8080",
                value -> value.isEmpty() || value.matches("(\\[[0-9a-fA-F:.]+]|[a-zA-Z0-9._-]+):[0-9]{1,5}"));
    }

    static ConfigDef.Validator rankable() {
        String names = String.join(", ", Ranking.names());
        return new Named("one of " + names, value -> Ranking.names().contains(value));
    }

    static ConfigDef.Validator path() {
        return new Named("the path of a folder", value -> !value.isBlank() && isPath(value));
    }

    static ConfigDef.Validator pathOrBlank() {
        return new Named("blank, or the path of a file", Constraints::isPath);
    }

    private static boolean isPath(String value) {
        try {
            var unused = Path.of(value);
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    static ConfigDef.Validator notBlank() {
        return new Named("a text that is not blank", value -> !value.isBlank());
    }
}
