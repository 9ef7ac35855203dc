package io.weir.app.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page's files: a fixed list, read once from the class path, so that no request can reach another file. */
final class Assets {
    private static final Map<String, String> FILES = Map.of(
            "board.html", "text/html; charset=utf-8",
            "board.css", "text/css; charset=utf-8",
            "board.js", "text/javascript; charset=utf-8",
            "figures.js", "text/javascript; charset=utf-8",
            "table.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private final Map<String, Reply> byPath = new LinkedHashMap<>();

    Assets() {
        FILES.forEach((file, contentType) -> byPath.put("/" + file, new Reply(200, contentType, read(file))));
        byPath.put("/", new Reply(200, FILES.getOrDefault("board.html", ""), read("board.html")));
    }

    @Nullable
    Reply find(String path) {
        return byPath.get(path);
    }

    private static byte[] read(String file) {
        try (InputStream in = Assets.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the page's file " + file + " is missing from the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
