package io.weir.app.pipeline;

import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/** A topology as a Mermaid flow chart: topics as tubes, stores as cylinders, sub-topologies as boxes. */
public final class Mermaid {
    private final StringBuilder text = new StringBuilder("flowchart LR\n");

    private Mermaid() {}

    public static String of(TopologyDescription description) {
        Mermaid mermaid = new Mermaid();
        description.subtopologies().forEach(mermaid::draw);
        return mermaid.text.toString();
    }

    private void draw(Subtopology subtopology) {
        text.append("  subgraph sub")
                .append(subtopology.id())
                .append("[\"Sub-topology ")
                .append(subtopology.id());
        text.append("\"]\n");
        for (Node node : subtopology.nodes()) {
            text.append("    ")
                    .append(id(node.name()))
                    .append("[\"")
                    .append(node.name())
                    .append("\"]\n");
        }
        text.append("  end\n");
        for (Node node : subtopology.nodes()) {
            node.successors().forEach(next -> arrow(id(node.name()), id(next.name())));
            connect(node);
        }
    }

    private void connect(Node node) {
        String id = id(node.name());
        if (node instanceof Source source && source.topicSet() != null) {
            new TreeSet<>(source.topicSet()).forEach(topic -> arrow(topic(topic), id));
        }
        if (node instanceof Sink sink && sink.topic() != null) {
            arrow(id, topic(sink.topic()));
        }
        if (node instanceof Processor processor) {
            new TreeSet<>(processor.stores())
                    .forEach(store -> line(id, id("store-" + store) + "[(\"" + store + "\")]"));
        }
    }

    private void arrow(String from, String to) {
        text.append("  ").append(from).append(" --> ").append(to).append('\n');
    }

    private void line(String one, String other) {
        text.append("  ").append(one).append(" --- ").append(other).append('\n');
    }

    private static String topic(String name) {
        return id("topic-" + name) + "([\"" + name + "\"])";
    }

    private static String id(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_");
    }
}
