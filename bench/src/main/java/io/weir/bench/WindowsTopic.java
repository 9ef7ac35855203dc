package io.weir.bench;

import io.weir.app.pipeline.WindowsReader;
import io.weir.app.replay.results.WindowsCsv;

/** The output topic of a round, read as any consumer would. */
public final class WindowsTopic {
    private WindowsTopic() {}

    /** Writes the last committed result of each window and key to {@link Job#results}. */
    public static void toCsv(Job job) {
        WindowsCsv.write(job.results(), WindowsReader.readToEnd(job.config(), null));
    }
}
