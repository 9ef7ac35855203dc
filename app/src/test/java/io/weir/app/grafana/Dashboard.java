package io.weir.app.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One dashboard in Grafana's classic JSON, as it lies in {@code grafana/dashboards}. */
public record Dashboard(String file, JsonNode json) {
    /** The project's root. */
    public static final Path ROOT = Path.of(System.getProperty("weir.root", ".."));

    /** A panel that shows data; rows are none. */
    public record Panel(Dashboard dashboard, JsonNode json) {
        public String title() {
            return json.path("title").asText();
        }

        public String type() {
            return json.path("type").asText();
        }

        /** The panel's queries, in the order of its targets. */
        public List<Query> queries() {
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
        /** One of the series of a plot whose dots each belong to one of several series. */
        public boolean isDots() {
            return panelType.equals("xychart") && !refId.equals("A") && !isLine();
        }

        /** The two ends of a line in such a plot. */
        public boolean isLine() {
            return panelType.equals("xychart") && expression.startsWith("label_replace(");
        }

        @Override
        public String toString() {
            return dashboard + ", " + panel + ", " + refId;
        }
    }

    /** A template variable. */
    public record Variable(JsonNode json) {
        public String name() {
            return json.path("name").asText();
        }

        public String type() {
            return json.path("type").asText();
        }

        public String query() {
            JsonNode query = json.path("query");
            return query.isTextual() ? query.asText() : query.path("query").asText();
        }

        /** Takes the values out of what the query returns; empty for all of it. */
        public String regex() {
            return json.path("regex").asText();
        }

        /** The values that a custom variable offers. */
        public List<String> options() {
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
    public List<Panel> panels() {
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

    public List<Variable> variables() {
        return stream(json.at("/templating/list")).map(Variable::new).toList();
    }

    Set<String> variableNames() {
        return variables().stream().map(Variable::name).collect(Collectors.toSet());
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
