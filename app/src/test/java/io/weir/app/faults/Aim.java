package io.weir.app.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that a test and an instance have both mapped: the test says at which {@link CommitPhase} the instance is to
 * stand still, and the instance says when it does. What was written stays when the instance is killed.
 */
final class Aim {
    private static final int PHASE = 0;
    private static final int PASSES = 4;
    private static final int STANDS = 8;
    private static final int SIZE = 12;

    private final MappedByteBuffer memory;

    private Aim(MappedByteBuffer memory) {
        this.memory = memory;
    }

    /** Maps the file, which is made if it is not there. */
    static Aim in(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Aim(channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The instance is to stand still when it reaches this phase, after having passed it so many times. */
    void at(CommitPhase phase, int passes) {
        memory.putInt(STANDS, 0);
        memory.putInt(PASSES, passes);
        memory.putInt(PHASE, phase.ordinal() + 1);
    }

    boolean isReached() {
        return memory.getInt(STANDS) != 0;
    }

    /** Called by the instance's threads: true if this one is to stand still here, for ever. */
    synchronized boolean isHit(CommitPhase phase) {
        if (memory.getInt(PHASE) != phase.ordinal() + 1) {
            return false;
        }
        int passes = memory.getInt(PASSES);
        memory.putInt(PASSES, passes - 1);
        if (passes > 0) {
            return false;
        }
        memory.putInt(STANDS, 1);
        return true;
    }
}
