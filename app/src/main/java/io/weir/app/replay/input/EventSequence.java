package io.weir.app.replay.input;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** Past events in the order they are to be published, read once. Not thread-safe. */
public interface EventSequence extends Closeable {

    /**
     * The next event, or null at the end.
     *
     * @throws ReplayException if what lies behind the sequence cannot be read
     */
    @Nullable
    PastEvent next();

    /** The units of work done so far: rows of files, or events where they were counted beforehand. */
    long done();

    /** How much of all work is done, from 0 to 1; an estimate where the total is not known. */
    double fractionDone();

    /** Lets go of files and disk space. */
    @Override
    void close();
}
