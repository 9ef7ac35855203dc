package io.weir.app.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page's files: a fixed list, read once from the class path, so that no request can reach another file. */
final class Assets {
    /** What {@code /} shows. */
    private static final String INDEX = "index.html";

    /** Where they are on the class path. */
    private static final String FOLDER = "/io/weir/app/page/";

    static final List<String> FILES = List.of(
            "index.html",
            "alerts.js",
            "announce.js",
            "app.js",
            "choice.js",
            "compare.js",
            "dom.js",
            "explain.js",
            "figures.js",
            "format.js",
            "funnel.js",
            "grid-focus.js",
            "history.js",
            "icon.svg",
            "keys.js",
            "ledger.js",
            "lookup.js",
            "page.css",
            "plot.js",
            "plots.js",
            "screens.css",
            "series.js",
            "shop.js",
            "status.js",
            "stream.js",
            "table.css",
            "table.js",
            "theme.css",
            "theme.js",
            "url-state.js",
            "verdict.js",
            "vendor/uPlot.LICENSE.txt",
            "vendor/uPlot.iife.min.js",
            "vendor/uPlot.min.css");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "txt", "text/plain; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Reply> byPath = new LinkedHashMap<>();

    Assets() {
        FILES.forEach(file -> byPath.put("/" + file, read(file)));
        byPath.put("/", read(INDEX));
    }

    @Nullable
    Reply find(String path) {
        return byPath.get(path);
    }

    private static Reply read(String file) {
        String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        try (InputStream in = Assets.class.getResourceAsStream(FOLDER + file)) {
            if (in == null || type == null) {
                throw new IllegalStateException(
                        "the file " + file + " is missing from the class path, or of no known type");
            }
            return new Reply(200, type, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
