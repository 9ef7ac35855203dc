package io.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A table of a page that is made from the code, between two marks; {@code -Dweir.readme.write=true} writes it anew. */
public final class GeneratedTable {
    private GeneratedTable() {}

    /** A page of the documentation. */
    public static Path page(String name) {
        return Path.of(System.getProperty("weir.root", "..")).resolve(name);
    }

    public static String row(String... cells) {
        return "| " + String.join(" | ", List.of(cells)).replace("  ", " ") + " |\n";
    }

    /** Asserts that the page has just this table, or writes it. */
    public static void check(Path page, String name, String expected) throws IOException {
        String begin = "<!-- begin " + name + " -->\n";
        String end = "<!-- end " + name + " -->";
        String text = Files.readString(page);
        assertThat(text).contains(begin, end);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end, from);
        if (Boolean.getBoolean("weir.readme.write")) {
            Files.writeString(page, text.substring(0, from) + expected + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to))
                .as("table of %s in %s; -Dweir.readme.write=true writes it anew", name, page.getFileName())
                .isEqualTo(expected);
    }
}
