package io.weir.bench;

import io.weir.app.replay.results.TextTable;

/** The race as a table in plain text. */
final class TextReport {
    private TextReport() {}

    static String of(RaceResult race) {
        FigureText text = new FigureText(race);
        TextTable table = new TextTable(
                "engine",
                "µs CPU/event (min–max)",
                "to weir",
                "with start",
                "broker",
                "1000 events/s (min–max)",
                "peak MB",
                "bytes out/in",
                "results");
        StringBuilder notes = new StringBuilder();
        for (Standing standing : race.standings()) {
            if (standing.counts()) {
                table.add(
                        standing.engine(),
                        text.cpu(standing),
                        text.ratio(standing),
                        text.cpuWithStart(standing),
                        text.brokerCpu(standing),
                        text.rate(standing),
                        text.peakMegabytes(standing),
                        text.written(standing),
                        FigureText.results(standing));
            } else {
                table.add(standing.engine(), "VOID", "–", "–", "–", "–", "–", "–", "VOID");
                notes.append(standing.engine())
                        .append(": VOID, ")
                        .append(standing.fault() == null ? "it did no round" : standing.fault())
                        .append('\n');
            }
        }
        for (Standing standing : race.standings()) {
            notes.append(standing.engine()).append(": ").append(standing.description());
            if (!standing.difference().isBlank()) {
                notes.append("; ").append(standing.difference());
            }
            notes.append(text.scrapes(standing)).append('\n');
        }
        return text.conditions() + "\n\n" + table + "\n" + notes;
    }
}
