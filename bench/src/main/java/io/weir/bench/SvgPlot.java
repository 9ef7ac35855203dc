package io.weir.bench;

import java.util.List;
import java.util.Locale;

/** The race as a picture: a bar for each engine's processor time an event, with a line from the least to the greatest. */
final class SvgPlot {
    private static final int WIDTH = 800;
    private static final int LEFT = 190;
    private static final int RIGHT = 190;
    private static final int TOP = 64;
    private static final int ROW = 30;
    private static final int BAR = 18;
    private static final int FOOT = 46;
    private static final int TICKS = 4;

    private final RaceResult race;
    private final FigureText text;
    private final List<Standing> shown;
    private final double greatest;
    private final StringBuilder svg = new StringBuilder();

    private SvgPlot(RaceResult race) {
        this.race = race;
        this.text = new FigureText(race);
        this.shown = race.standings().stream().filter(Standing::counts).toList();
        this.greatest =
                shown.stream().mapToDouble(each -> cpu(each).greatest()).max().orElse(1);
    }

    static String of(RaceResult race) {
        return new SvgPlot(race).draw();
    }

    private static Spread cpu(Standing standing) {
        return Spread.of(standing.rounds(), Round::cpuMicros);
    }

    private String draw() {
        int height = TOP + shown.size() * ROW + FOOT;
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(WIDTH + " " + height)
                .append("\" font-family=\"sans-serif\" font-size=\"13\" role=\"img\">\n");
        svg.append("<title>Processor time an event, by engine</title>\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        label(12, 24, "start", 16, "#222", "Processor time an event, µs (less is better)");
        label(12, 44, "start", 12, "#666", subtitle());
        axis(height);
        for (int i = 0; i < shown.size(); i++) {
            row(shown.get(i), TOP + i * ROW);
        }
        return svg.append("</svg>\n").toString();
    }

    private String subtitle() {
        return String.format(
                Locale.ROOT,
                "%s, %,d events, %d cores; bars: median, lines: least to greatest of %d rounds",
                race.date(),
                race.workload().events(),
                race.machine().cores(),
                shown.stream().mapToInt(each -> each.rounds().size()).max().orElse(0));
    }

    private double x(double micros) {
        return LEFT + micros / greatest * (WIDTH - LEFT - RIGHT);
    }

    private void axis(int height) {
        for (int i = 0; i <= TICKS; i++) {
            double micros = greatest * i / TICKS;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#ddd\"/>%n",
                    x(micros),
                    TOP - 6,
                    x(micros),
                    height - FOOT + 4));
            label(x(micros), height - FOOT + 20, "middle", 12, "#666", FigureText.number(micros));
        }
    }

    private void row(Standing standing, int top) {
        Spread cpu = cpu(standing);
        double middle = top + BAR / 2.0;
        label(LEFT - 8, middle + 4.5, "end", 13, "#222", standing.engine());
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                LEFT,
                top,
                Math.max(1, x(cpu.median()) - LEFT),
                BAR,
                standing.engine().startsWith(Race.WEIR) ? "#1f6feb" : "#9aa4b2"));
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#222\" stroke-width=\"2\"/>%n",
                x(cpu.least()),
                middle,
                x(cpu.greatest()),
                middle));
        label(
                x(cpu.greatest()) + 8,
                middle + 4.5,
                "start",
                12,
                "#444",
                FigureText.number(cpu.median()) + " µs, " + text.ratio(standing) + " × weir");
    }

    private void label(double x, double y, String anchor, int size, String colour, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\" fill=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                size,
                colour,
                words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")));
    }
}
