package io.weir.app.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.domain.Measures;
import java.time.Instant;
import java.util.Map;

/** The shop's tumbling windows as the API gives them, made by hand: steady, but for two minutes. */
final class SeriesJson {
    /** Nobody came in this minute, so it has no row. */
    static final Instant EMPTY = Instant.parse("2026-03-02T09:20:00Z");

    /** Hardly anybody came in this one. */
    static final Instant UNRELIABLE = Instant.parse("2026-03-02T09:30:00Z");

    /** Hardly anybody bought in this one. */
    static final Instant DROP = Instant.parse("2026-03-02T09:38:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Integer> SECONDS = Map.of("1m", 60, "1h", 3_600, "1d", 86_400);
    private static final long UNIT = 1_000_000;

    private SeriesJson() {}

    /** The answer to {@code /api/v1/windows} with these parameters. */
    static ObjectNode answer(Map<String, String> query) {
        String window = query.getOrDefault("window", "1m");
        int seconds = SECONDS.getOrDefault(window, 60);
        Instant to = Instant.parse(query.getOrDefault("to", ""));
        ObjectNode answer = JSON.createObjectNode();
        answer.put("dimension", "total").put("window", window).put("currency", "CNY");
        answer.put("from", query.get("from")).put("to", query.get("to")).put("as_of", BoardJson.AS_OF.toString());
        ArrayNode lines = answer.putArray("lines");
        Instant start = Instant.parse(query.getOrDefault("from", ""));
        for (; start.isBefore(to) && start.isBefore(BoardJson.AS_OF); start = start.plusSeconds(seconds)) {
            Measures measures = window.equals("1m") ? minute(start) : minute(Instant.EPOCH);
            if (!measures.isZero()) {
                ObjectNode line = BoardJson.line(null, null, null, measures);
                line.put("start", start.toString())
                        .put("end", start.plusSeconds(seconds).toString());
                lines.add(line.put("revision", 1).put("is_final", false));
            }
        }
        return answer;
    }

    /** What was counted in the minute that starts then. */
    static Measures minute(Instant start) {
        if (start.equals(EMPTY)) {
            return Measures.ZERO;
        }
        long visitors = start.equals(UNRELIABLE) ? 12 : 4_000 + start.getEpochSecond() / 60 % 7;
        long buyers = start.equals(UNRELIABLE) ? 4 : start.equals(DROP) ? 20 : 140;
        return Measures.of(
                900, 2_070 * UNIT, 800, visitors * 2, visitors, buyers, buyers, buyers, buyers * 100 * UNIT, 0, 0);
    }
}
