package io.weir.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** An engine whose first figure is wrong. */
public final class OneTooMany implements Engine {
    private final CostEngine right = new CostEngine();

    @Override
    public String name() {
        return getClass().getName();
    }

    @Override
    public String description() {
        return "wrong on purpose";
    }

    @Override
    public void process(Job job) throws Exception {
        right.process(job);
    }

    @Override
    public void results(Job job) throws IOException {
        right.results(job);
        List<String> lines = new ArrayList<>(Files.readAllLines(job.results()));
        lines.set(1, lines.get(1) + "1");
        Files.write(job.results(), lines);
    }
}
