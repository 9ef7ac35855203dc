package io.weir.bench;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Figures of a race as text, the same in every report. */
final class FigureText {
    private final RaceResult race;

    FigureText(RaceResult race) {
        this.race = race;
    }

    static String number(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private static String spread(Spread spread) {
        return number(spread.median()) + " (" + number(spread.least()) + "–" + number(spread.greatest()) + ")";
    }

    private static String spread(Standing standing, ToDoubleFunction<Round> figure) {
        return spread(Spread.of(standing.rounds(), figure));
    }

    /** Microseconds of processor time an event. */
    String cpu(Standing standing) {
        return spread(standing, Round::cpuMicros);
    }

    String cpuWithStart(Standing standing) {
        return number(Spread.of(standing.rounds(), Round::cpuMicrosWithStart).median());
    }

    String brokerCpu(Standing standing) {
        return number(Spread.of(standing.rounds(), Round::brokerCpuMicros).median());
    }

    /** Thousands of events a second. */
    String rate(Standing standing) {
        return spread(standing, round -> rate(round) / 1e3);
    }

    double rate(Round round) {
        return race.workload().events() / round.seconds();
    }

    String peakMegabytes(Standing standing) {
        return number(Spread.of(standing.rounds(), Round::peakBytes).median() / 1e6);
    }

    /** Bytes that the broker had to write for each byte of the inputs. */
    String written(Standing standing) {
        return number(Spread.of(standing.rounds(), Round::writtenBytes).median() / race.inputBytes());
    }

    /** Processor time in terms of Weir's; a dash where Weir has none. */
    String ratio(Standing standing) {
        return race.weir()
                .map(weir ->
                        number(Spread.of(standing.rounds(), Round::cpuMicros).median()
                                / Spread.of(weir.rounds(), Round::cpuMicros).median()))
                .orElse("–");
    }

    /** How its metrics were read in all rounds; blank if nobody did. */
    String scrapes(Standing standing) {
        double[] millis = standing.rounds().stream()
                .flatMap(round -> round.scrapes().millis().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (millis.length == 0) {
            return "";
        }
        long series = standing.rounds().stream()
                .mapToLong(round -> round.scrapes().mostSeries())
                .max()
                .orElseThrow();
        return String.format(
                Locale.ROOT,
                "; /metrics read %d times, up to %,d series, in %s ms",
                millis.length,
                series,
                spread(Spread.of(millis)));
    }

    /** What became of the comparison with the oracle. */
    static String results(Standing standing) {
        if (standing.fault() != null) {
            return "VOID";
        }
        if (!standing.isChecked()) {
            return "none";
        }
        return standing.difference().isBlank() ? "equal" : "equal in part";
    }

    /** What was raced, where and how, in some sentences. */
    String conditions() {
        Workload workload = race.workload();
        return String.format(
                Locale.ROOT,
                "%s, %s. %,d events of the demo's traffic (%s, %,d products, Zipf %s, %s events a second of event time,"
                        + " seed %d), %.1f MB in %d partitions; %d threads, heap %s%s. Load before: %.1f.",
                race.date(),
                race.machine(),
                workload.events(),
                workload.visitors() == 0 ? "visitors as they come" : workload.visitors() + " visitors at most",
                workload.products(),
                number(workload.zipf()),
                number(workload.rate()),
                workload.seed(),
                race.inputBytes() / 1e6,
                workload.partitions(),
                race.threads(),
                race.heap(),
                race.rehearsals() == 0
                        ? ""
                        : ", " + race.rehearsals() + (race.rehearsals() == 1 ? " rehearsal" : " rehearsals")
                                + " in each JVM",
                race.machine().loadBefore());
    }
}
