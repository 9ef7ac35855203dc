package io.weir.app.grafana;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the selectors out of a PromQL expression with Grafana's variables in it. It knows no more of the grammar than
 * that takes; whether an expression is valid is for promtool and Prometheus to say.
 */
public final class PromQl {
    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\$\\{?\\w+(?::\\w+)?}?"
            + "|[a-zA-Z_:][a-zA-Z0-9_:]*|[0-9][0-9a-z.]*|=~|!~|!=|[-+*/%^<>=!@(){}\\[\\],]");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Set<String> LABEL_LISTS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset", "atan2");

    /**
     * One selector, such as {@code up{job="weir"}[5m]}.
     *
     * @param matchers operator and value, such as {@code ="weir"}, by label
     * @param range what stands in its brackets; empty for an instant vector
     * @param calls the functions and aggregations around it, the innermost first; empty texts for mere parentheses
     */
    public record Selector(String metric, Map<String, String> matchers, String range, List<String> calls) {
        /** The innermost function or aggregation around it; empty if there is none. */
        String call() {
            return calls.stream().filter(name -> !name.isEmpty()).findFirst().orElse("");
        }
    }

    private final List<String> tokens = new ArrayList<>();
    private final Deque<String> calls = new ArrayDeque<>();
    private final List<Selector> found = new ArrayList<>();
    private int at;

    private PromQl(String expression) {
        Matcher token = TOKEN.matcher(expression);
        while (token.find()) {
            tokens.add(token.group());
        }
    }

    /** All selectors, in the order in which they stand. */
    public static List<Selector> selectors(String expression) {
        PromQl reader = new PromQl(expression);
        reader.read();
        return reader.found;
    }

    private void read() {
        String name = "";
        while (at < tokens.size()) {
            String token = tokens.get(at++);
            if (token.equals("(")) {
                calls.push(name);
                name = "";
            } else if (token.equals(")")) {
                calls.pop();
            } else if (LABEL_LISTS.contains(token)) {
                skipLabelList();
            } else if (NAME.matcher(token).matches() && !OPERATORS.contains(token)) {
                if (peek().equals("(") || LABEL_LISTS.contains(peek())) {
                    name = token;
                } else {
                    found.add(new Selector(token, matchers(), range(), List.copyOf(calls)));
                }
            }
        }
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private void skipLabelList() {
        if (peek().equals("(")) {
            at = at + tokens.subList(at, tokens.size()).indexOf(")") + 1;
        }
    }

    private Map<String, String> matchers() {
        Map<String, String> matchers = new LinkedHashMap<>();
        if (peek().equals("{")) {
            at++;
            while (!peek().equals("}")) {
                if (peek().equals(",")) {
                    at++;
                }
                matchers.merge(tokens.get(at), tokens.get(at + 1) + tokens.get(at + 2), (a, b) -> a + " " + b);
                at += 3;
            }
            at++;
        }
        return matchers;
    }

    private String range() {
        StringBuilder range = new StringBuilder();
        if (peek().equals("[")) {
            at++;
            while (!peek().equals("]")) {
                range.append(tokens.get(at++));
            }
            at++;
        }
        return range.toString();
    }
}
