package io.weir.app.http;

import static io.weir.app.figures.FigureRows.TODAY_MS;
import static io.weir.app.figures.FigureRows.measures;
import static io.weir.app.figures.FigureRows.row;
import static io.weir.app.figures.FigureRows.visitors;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.app.api.AlertLine;
import io.weir.app.api.FakeCluster;
import io.weir.app.api.Node;
import io.weir.app.figures.FigureRows;
import io.weir.app.figures.Ranking;
import io.weir.domain.ConsideredTouch;
import io.weir.domain.Credit;
import io.weir.domain.DimensionKey;
import io.weir.domain.EventType;
import io.weir.domain.Ledger;
import io.weir.domain.Rejection;
import io.weir.domain.WindowSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The description of the API says what the API does. */
class OpenApiTest {
    private static final DimensionKey MUG = DimensionKey.product("mug");

    private Node node;
    private JsonNode description;

    @BeforeEach
    void start() throws Exception {
        node = new Node(new FakeCluster(1)).owning(0);
        node.today(DimensionKey.TOTAL, visitors(5));
        node.today(MUG, visitors(5));
        node.today(DimensionKey.source("weibo"), visitors(5));
        node.today(DimensionKey.campaign("weibo", "spring"), visitors(5));
        node.today(DimensionKey.productSource("mug", "weibo"), visitors(5));
        node.rows.yesterday = measures(visitors(1));
        node.rows.rows.add(row(WindowSize.HOUR, TODAY_MS, MUG, visitors(5)));
        Ledger ledger = new Ledger();
        for (EventType input : EventType.values()) {
            ledger.countRejected(input, Rejection.MISSING_ID);
        }
        node.live.inputProgressed(FigureRows.progress(0, ledger, TODAY_MS), Map.of());
        node.live.watermarkAdvanced(0, TODAY_MS + 90_000);
        node.alerts.add(new AlertLine(
                "Drop", "critical", "product", "mug", null, null, "2026-03-02T00:00:00Z", "s", "r", Map.of("n", 1)));
        ConsideredTouch touch = new ConsideredTouch(EventType.CLICK, "mug", "weibo", "spring", TODAY_MS, 1, true);
        node.credits.put(
                "o-1",
                List.of(new Credit("p-1", "o-1", "mug", TODAY_MS, 1, 5, "weibo", "spring", false, 1, List.of(touch))));
        description = node.json("/api/v1/openapi.json");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void everyRouteIsDescribedAndNothingElse() {
        Routes routes = new Routes(new Site(node.api(), () -> true, () -> new byte[0], null));
        TreeSet<String> described = new TreeSet<>();
        description.get("paths").fieldNames().forEachRemaining(described::add);
        assertThat(described).isEqualTo(routes.described());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/now, ?dimension=product&window=today",
        "/api/v1/windows, ?dimension=product&window=1h&product=mug",
        "/api/v1/windows/top, ?dimension=product&window=1h",
        "/api/v1/board, ''",
        "/api/v1/alerts, ''",
        "/api/v1/credit, ?order=o-1",
        "/health/live, ''",
        "/health/ready, ''",
    })
    void answersHaveTheDescribedProperties(String path, String query) throws Exception {
        JsonNode schema = description.get("paths").get(path).at("/get/responses/200/content/application~1json/schema");
        List<String> differences = new ArrayList<>();
        compare(node.json(path + query), schema, path, differences);
        assertThat(differences).isEmpty();
    }

    /** Notes where a value is not of the type, or has not just the properties, that the schema says. */
    private void compare(JsonNode value, JsonNode unresolved, String where, List<String> differences) {
        JsonNode schema = resolved(unresolved);
        if (schema.has("oneOf")) {
            if (!value.isNull()) {
                compare(value, schema.at("/oneOf/0"), where, differences);
            }
            return;
        }
        if (!types(schema).contains(type(value))) {
            differences.add(where + " is " + type(value) + ", described as " + schema.get("type"));
        }
        if (value.isArray()) {
            assertThat(value).as("%s shows what is in it", where).isNotEmpty();
            value.forEach(item -> compare(item, schema.get("items"), where + "[]", differences));
        }
        if (value.isObject() && schema.has("properties")) {
            TreeSet<String> found = new TreeSet<>();
            value.fieldNames().forEachRemaining(found::add);
            TreeSet<String> known = new TreeSet<>();
            schema.get("properties").fieldNames().forEachRemaining(known::add);
            if (!found.equals(known)) {
                differences.add(where + " has " + found + ", described are " + known);
            }
            found.retainAll(known);
            found.forEach(name ->
                    compare(value.get(name), schema.get("properties").get(name), where + "." + name, differences));
        }
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode reference = schema.get("$ref");
        return reference == null ? schema : description.at(reference.textValue().substring(1));
    }

    private static List<String> types(JsonNode schema) {
        JsonNode type = schema.get("type");
        List<String> types = new ArrayList<>();
        if (type.isArray()) {
            type.forEach(each -> types.add(each.textValue()));
        } else {
            types.add(type.textValue());
        }
        if (types.contains("number")) {
            types.add("integer");
        }
        return types;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            default -> throw new IllegalArgumentException(value.toString());
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/now",
                "/api/v1/windows",
                "/api/v1/windows/top",
                "/api/v1/board",
                "/api/v1/stream",
                "/api/v1/alerts",
                "/api/v1/credit"
            })
    void theDescribedParametersAreThoseThatAreAllowed(String path) throws Exception {
        TreeSet<String> described = new TreeSet<>();
        description
                .get("paths")
                .get(path)
                .at("/get/parameters")
                .forEach(parameter ->
                        described.add(resolved(parameter).get("name").textValue()));
        String allowed = described.isEmpty() ? "none" : String.join(", ", described);
        assertThat(node.get(path + "?nonsense=1").body()).endsWith("allowed are " + allowed + "\"}");
    }

    @Test
    void allReferencesLeadSomewhere() {
        assertThat(description.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                description.at(reference.substring(1)).isMissingNode())
                        .isFalse());
    }

    @Test
    void whatCanBeRankedByIsListed() {
        List<String> listed = new ArrayList<>();
        description.at("/components/parameters/by/schema/enum").forEach(name -> listed.add(name.textValue()));
        assertThat(listed).isEqualTo(Ranking.names());
    }
}
