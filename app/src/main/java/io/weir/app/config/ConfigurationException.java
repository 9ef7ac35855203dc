package io.weir.app.config;

import java.util.List;

/** The configuration is wrong. Names every problem at once: the key, the value found and what is allowed. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    public ConfigurationException(List<String> problems) {
        super("wrong configuration:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
