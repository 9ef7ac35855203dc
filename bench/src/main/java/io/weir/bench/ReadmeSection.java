package io.weir.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of the README that a race writes, between two marks, and the plot that it shows. */
final class ReadmeSection {
    private static final String BEGIN = "<!-- begin bench -->\n";
    private static final String END = "<!-- end bench -->";
    private static final String PLOT = "docs/bench.svg";

    private ReadmeSection() {}

    /**
     * Writes both.
     *
     * @param root the folder of the README
     * @throws BenchException if a figure does not count, or the README has no place for them
     */
    static void write(Path root, RaceResult race) throws IOException {
        if (!race.isValid()) {
            throw new BenchException("the README is not written, since figures are void; the table says why");
        }
        Path readme = root.resolve("README.md");
        String text = Files.readString(readme);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new BenchException(
                    readme + " has no lines " + BEGIN.strip() + " and " + END + " to write the figures between");
        }
        Files.writeString(root.resolve(PLOT), SvgPlot.of(race));
        Files.writeString(readme, text.substring(0, begin + BEGIN.length()) + table(race) + text.substring(end));
    }

    static String table(RaceResult race) {
        FigureText text = new FigureText(race);
        StringBuilder out = new StringBuilder(text.conditions())
                .append("\n\n![Processor time an event, by engine](")
                .append(PLOT)
                .append(
                        ")\n\n| engine | µs of CPU an event, median (least–greatest) | times Weir's | broker's µs | 1000")
                .append(" events a second | peak MB | bytes written for each byte read | results |\n")
                .append("|---|---|---|---|---|---|---|---|\n");
        for (Standing standing : race.standings()) {
            out.append("| ")
                    .append(String.join(
                            " | ",
                            "`" + standing.engine() + "`",
                            text.cpu(standing),
                            text.ratio(standing),
                            text.brokerCpu(standing),
                            text.rate(standing),
                            text.peakMegabytes(standing),
                            text.written(standing),
                            FigureText.results(standing)))
                    .append(" |\n");
        }
        return out.toString();
    }
}
