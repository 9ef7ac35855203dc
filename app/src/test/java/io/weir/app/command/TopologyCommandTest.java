package io.weir.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TopologyCommandTest {

    private static String print(String... options) {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new TopologyCommand()).setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(out));
        assertThat(line.execute(options)).isZero();
        return out.toString();
    }

    @Test
    void topologyIsPrintedAsText() {
        assertThat(print()).startsWith("Topologies:").contains("journeys", "totals", "weir.windows");
    }

    @Test
    void topologyIsPrintedAsADiagram() {
        assertThat(print("--format", "mermaid")).startsWith("flowchart LR").contains("weir.windows");
    }
}
