package io.weir.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every engine, in the order of the reports. */
public final class Engines {
    private static final Map<String, Engine> BY_NAME = byName(List.of());

    private Engines() {}

    /** All names, in the order of the reports. */
    public static List<String> names() {
        return new ArrayList<>(BY_NAME.keySet());
    }

    /** @throws IllegalArgumentException if there is none */
    public static Engine of(String name) {
        Engine engine = BY_NAME.get(name);
        if (engine == null) {
            throw new IllegalArgumentException(
                    "there is no engine " + name + "; the engines are " + String.join(", ", names()));
        }
        return engine;
    }

    private static Map<String, Engine> byName(List<Engine> engines) {
        Map<String, Engine> byName = new LinkedHashMap<>();
        engines.forEach(engine -> byName.put(engine.name(), engine));
        return byName;
    }
}
