package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.domain.EventType;
import io.weir.oracle.Acceptance;
import io.weir.oracle.Counts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What a replay has written to its {@code --out} folder. */
record ReplayOutput(String windowsCsv, JsonNode summary) {

    static ReplayOutput in(Path folder) {
        try {
            return new ReplayOutput(
                    Files.readString(folder.resolve("windows.csv")),
                    new ObjectMapper().readTree(folder.resolve("summary.json").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs an embedded replay in this process, which must succeed. */
    static ReplayOutput of(Path folder, String... arguments) {
        String[] all = new String[arguments.length + 4];
        all[0] = "replay";
        all[1] = "--embedded";
        all[2] = "--out";
        all[3] = folder.toString();
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        CommandRun run = CommandRun.of(all);
        assertThat(run.status()).as("%s", run).isZero();
        return in(folder);
    }

    /** A number of one input, or of all of them. */
    long sum(String name) {
        long sum = 0;
        for (JsonNode input : summary.get("inputs")) {
            sum += input.get(name).longValue();
        }
        return sum;
    }

    /** Fails unless every input's records became what the oracle says. */
    void assertCounts(Acceptance judged) {
        for (EventType input : EventType.values()) {
            JsonNode found = summary.get("inputs").get(input.plural());
            Counts expected = judged.counts().get(input.singular());
            Map<String, Long> reasons = new TreeMap<>();
            found.get("rejected_by_reason")
                    .properties()
                    .forEach(reason ->
                            reasons.put(reason.getKey(), reason.getValue().longValue()));
            Counts counts = new Counts(
                    found.get("accepted").longValue(),
                    found.get("duplicate").longValue(),
                    found.get("late").longValue(),
                    reasons);
            assertThat(counts).as(input.plural()).isEqualTo(expected);
            assertThat(found.get("read").longValue())
                    .as("read %s", input.plural())
                    .isEqualTo(expected.read());
            assertThat(found.get("rejected").longValue()).isEqualTo(expected.rejected());
        }
    }
}
