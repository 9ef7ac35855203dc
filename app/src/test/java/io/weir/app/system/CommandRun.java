package io.weir.app.system;

import io.weir.app.command.WeirCommand;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What a command said and how it ended, run in this process. */
public record CommandRun(int status, String out, String err) {
    private static final StreamOfThread OUT = new StreamOfThread(System.out);
    private static final StreamOfThread ERR = new StreamOfThread(System.err);

    static {
        System.setOut(new PrintStream(OUT, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(ERR, true, StandardCharsets.UTF_8));
    }

    /** Runs {@code ./weir} with these arguments. What the tests beside it say meanwhile goes where it always goes. */
    public static CommandRun of(String... arguments) {
        return of(() -> WeirCommand.run(arguments));
    }

    static CommandRun of(IntSupplier command) {
        ByteArrayOutputStream out = OUT.take();
        ByteArrayOutputStream err = ERR.take();
        try {
            int status = command.getAsInt();
            return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            OUT.giveBack();
            ERR.giveBack();
        }
    }

    /** A standard stream that a thread can take for itself and for the threads that it starts. */
    private static final class StreamOfThread extends OutputStream {
        private final PrintStream everybodys;
        private final ThreadLocal<@Nullable ByteArrayOutputStream> taken = new InheritableThreadLocal<>();

        private StreamOfThread(PrintStream everybodys) {
            this.everybodys = everybodys;
        }

        private ByteArrayOutputStream take() {
            ByteArrayOutputStream own = new ByteArrayOutputStream();
            taken.set(own);
            return own;
        }

        private void giveBack() {
            taken.remove();
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            ByteArrayOutputStream own = taken.get();
            if (own == null) {
                everybodys.write(bytes, from, length);
            } else {
                own.write(bytes, from, length);
            }
        }

        @Override
        public void flush() {
            everybodys.flush();
        }
    }
}
