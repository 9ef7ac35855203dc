package io.weir.app.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One dashboard in Grafana's classic JSON, as it lies in {@code grafana/dashboards}. */
public record Dashboard(String file, JsonNode json) {
    /** The project's root. */
    static final Path ROOT = Path.of(System.getProperty("weir.root", ".."));

    /** A panel that shows data; rows are none. */
    record Panel(Dashboard dashboard, JsonNode json) {
        String title() {
            return json.path("title").asText();
        }

        String type() {
            return json.path("type").asText();
        }

        /** The panel's queries, in the order of its targets. */
        List<Query> queries() {
            return stream(json.path("targets"))
                    .map(target -> new Query(
                            dashboard.uid(),
                            title(),
                            type(),
                            target.path("refId").asText(),
                            target.path("expr").asText(),
                            target.path("range").asBoolean()))
                    .toList();
        }
    }

    /**
     * A query of a panel.
     *
     * @param overTime whether Grafana asks for the whole time range, not only for its end
     */
    public record Query(
            String dashboard, String panel, String panelType, String refId, String expression, boolean overTime) {
        @Override
        public String toString() {
            return dashboard + ", " + panel + ", " + refId;
        }
    }

    /** A template variable. */
    record Variable(JsonNode json) {
        String name() {
            return json.path("name").asText();
        }

        String type() {
            return json.path("type").asText();
        }

        String query() {
            JsonNode query = json.path("query");
            return query.isTextual() ? query.asText() : query.path("query").asText();
        }

        /** The values that a custom variable offers. */
        List<String> options() {
            return stream(json.path("options"))
                    .map(option -> option.path("value").asText())
                    .toList();
        }
    }

    /** All dashboards, by the names of their files. */
    public static List<Dashboard> all() {
        try (Stream<Path> files = Files.list(ROOT.resolve("grafana/dashboards"))) {
            return files.sorted().map(Dashboard::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dashboard read(Path file) {
        try {
            return new Dashboard(file.getFileName().toString(), new ObjectMapper().readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String uid() {
        return json.path("uid").asText();
    }

    /** Every panel that shows data. */
    List<Panel> panels() {
        return stream(json.path("panels"))
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .map(panel -> new Panel(this, panel))
                .toList();
    }

    /** Every query: of panels, then of annotations. */
    public List<Query> queries() {
        List<Query> found = new ArrayList<>();
        panels().forEach(panel -> found.addAll(panel.queries()));
        stream(json.at("/annotations/list"))
                .filter(annotation -> annotation.has("expr"))
                .map(annotation -> new Query(
                        uid(),
                        annotation.path("name").asText(),
                        "annotation",
                        annotation.at("/target/refId").asText(),
                        annotation.path("expr").asText(),
                        true))
                .forEach(found::add);
        return found;
    }

    List<Variable> variables() {
        return stream(json.at("/templating/list")).map(Variable::new).toList();
    }

    Set<String> variableNames() {
        return variables().stream().map(Variable::name).collect(Collectors.toSet());
    }

    /** What each custom variable can be, by the variable's name. */
    public Map<String, List<String>> choices() {
        return variables().stream()
                .filter(variable -> variable.type().equals("custom"))
                .collect(Collectors.toMap(Variable::name, Variable::options));
    }

    /** All texts anywhere below a node. */
    static List<String> texts(JsonNode node) {
        if (node.isTextual()) {
            return List.of(node.asText());
        }
        return stream(node).flatMap(child -> texts(child).stream()).toList();
    }

    static Stream<JsonNode> stream(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    @Override
    public String toString() {
        return uid();
    }
}
