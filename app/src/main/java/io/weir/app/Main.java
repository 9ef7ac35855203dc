package io.weir.app;

import io.weir.app.command.WeirCommand;

/** Where the program begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(WeirCommand.run(arguments));
    }
}
