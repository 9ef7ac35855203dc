package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandRunTest {
    private final ExecutorService testBeside = Executors.newSingleThreadExecutor();

    @BeforeEach
    void theTestBesideIsThereBeforeTheCommand() {
        say(testBeside, "");
    }

    @AfterEach
    void close() {
        testBeside.shutdown();
    }

    private static void say(ExecutorService who, String what) {
        CompletableFuture.runAsync(
                        () -> {
                            System.out.print(what);
                            System.err.print(what);
                        },
                        who)
                .join();
    }

    @Test
    void whatATestBesideSaysIsNotTheCommands() {
        ExecutorService ofCommand = Executors.newSingleThreadExecutor();
        CommandRun run = CommandRun.of(() -> {
            say(testBeside, "a test beside a command\n");
            System.out.println("its figures");
            say(ofCommand, "its thread's");
            ofCommand.shutdown();
            return 3;
        });
        assertThat(run)
                .isEqualTo(new CommandRun(3, "its figures" + System.lineSeparator() + "its thread's", "its thread's"));
    }
}
