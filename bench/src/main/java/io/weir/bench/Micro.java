package io.weir.bench;

import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The benchmarks of the hot parts. */
final class Micro {
    private Micro() {}

    /**
     * Runs those whose name matches and prints their figures; allocation is {@code gc.alloc.rate.norm}, bytes an
     * operation.
     */
    static void run(String pattern, Path json) {
        try {
            new Runner(new OptionsBuilder()
                            .include(pattern.isBlank() ? "io\\.weir\\." : pattern)
                            .addProfiler(GCProfiler.class)
                            .jvmArgsPrepend("-Xmx2g", "-XX:+UseParallelGC")
                            .resultFormat(ResultFormatType.JSON)
                            .result(json.toString())
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new BenchException(
                    "the benchmarks did not run: " + e.getMessage()
                            + "; a pattern must match the name of a class or method, such as Journey",
                    e);
        }
    }
}
