package io.weir.app;

import io.weir.app.command.WeirCommand;
import java.util.Locale;

/** Where the program begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // What is written looks the same everywhere; and Java formats numbers fastest so, which Kafka Streams does for
        // every record that it processes while an input is empty.
        Locale.setDefault(Locale.US);
        System.exit(WeirCommand.run(arguments));
    }
}
