package io.weir.bench;

import io.weir.bench.flink.FlinkDataStream;
import io.weir.bench.flink.FlinkSql;
import io.weir.bench.flink.StateKind;
import io.weir.bench.jet.JetEngine;
import io.weir.bench.streams.StreamsDsl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every engine, in the order of the reports. */
public final class Engines {
    /** For Flink SQL a million events are too many; many series say something of the server alone. */
    private static final Set<String> WHEN_NAMED = Set.of("flink-sql", WeirEngine.MANY_SERIES);

    private static final Map<String, Engine> BY_NAME = byName(List.of(
            new ConsumeEngine(),
            new DecodeEngine(),
            new CostEngine(),
            WeirEngine.exactlyOnce(),
            WeirEngine.atLeastOnce(),
            WeirEngine.manySeries(),
            new FlinkDataStream(StateKind.HEAP),
            new FlinkDataStream(StateKind.ROCKSDB),
            new FlinkSql(),
            new StreamsDsl(),
            new JetEngine()));

    private Engines() {}

    /** All names, in the order of the reports. */
    public static List<String> names() {
        return new ArrayList<>(BY_NAME.keySet());
    }

    /** Those that race unless others are asked for. */
    static List<String> byDefault() {
        return names().stream().filter(name -> !WHEN_NAMED.contains(name)).toList();
    }

    /**
     * The engine of this name, or of this class, which need not be one of ours.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Engine of(String name) {
        Engine engine = BY_NAME.get(name);
        return engine != null ? engine : byClass(name);
    }

    private static Engine byClass(String name) {
        try {
            return Class.forName(name)
                    .asSubclass(Engine.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "there is no engine " + name + "; the engines are " + String.join(", ", names())
                            + ", and any class with a constructor without arguments that implements "
                            + Engine.class.getName(),
                    e);
        }
    }

    private static Map<String, Engine> byName(List<Engine> engines) {
        Map<String, Engine> byName = new LinkedHashMap<>();
        engines.forEach(engine -> byName.put(engine.name(), engine));
        return byName;
    }
}
