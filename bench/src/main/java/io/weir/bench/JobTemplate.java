package io.weir.bench;

import java.nio.file.Path;

/** What the jobs of all engines and rounds have in common. */
record JobTemplate(Workload workload, Arena arena, int threads) {

    /** @param folder an empty one for the state, and for the results */
    Job job(String runId, Path folder) {
        return new Job(
                arena.bootstrapServers(),
                arena.registryUrl(),
                arena.inputTopics(),
                runId + ".windows",
                runId,
                workload.events(),
                workload.partitions(),
                threads,
                folder.resolve("state"),
                folder.resolve("metrics-address"),
                folder.resolve("windows.csv"));
    }
}
