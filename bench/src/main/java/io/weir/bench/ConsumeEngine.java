package io.weir.bench;

import java.util.stream.IntStream;

/** The limit of the machine: a plain consumer that does nothing with what it reads. */
final class ConsumeEngine implements Engine {
    @Override
    public String name() {
        return "consume";
    }

    @Override
    public String description() {
        return "limit: one thread reads the bytes and drops them";
    }

    @Override
    public Claim claim() {
        return Claim.nothing("reads only");
    }

    @Override
    public void process(Job job) {
        long read = 0;
        try (InputReading reading = new InputReading(
                job, IntStream.range(0, job.partitions()).boxed().toList())) {
            while (!reading.isAtEnd()) {
                read += reading.poll().count();
            }
        }
        if (read != job.events()) {
            throw new BenchException("read " + read + " records of " + job.events());
        }
    }

    @Override
    public void results(Job job) {
        // It has none.
    }
}
