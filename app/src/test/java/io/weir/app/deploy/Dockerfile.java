package io.weir.app.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The instructions of the {@code Dockerfile}, comments and line ends taken out. */
record Dockerfile(Path root, List<Instruction> instructions) {

    /** @param name in capitals, such as {@code COPY} */
    record Instruction(String name, String arguments) {
        /** The arguments of a {@code COPY}, without its flags. */
        List<String> paths() {
            return List.of(arguments.replaceAll("--\\S+\\s+", "").strip().split("\\s+"));
        }

        boolean isFromAnotherStage() {
            return arguments.contains("--from=");
        }
    }

    static Dockerfile read() throws IOException {
        Path root = Path.of(System.getProperty("weir.root", ".."));
        List<Instruction> instructions = new ArrayList<>();
        String text = Files.readString(root.resolve("Dockerfile"))
                .replaceAll("(?m)^\\s*#.*\\n", "")
                .replaceAll("\\\\\\n\\s*", " ");
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] parts = line.strip().split("\\s+", 2);
            instructions.add(new Instruction(parts[0], parts[1]));
        });
        return new Dockerfile(root, List.copyOf(instructions));
    }

    /** All of this name, in order. */
    List<Instruction> all(String name) {
        return instructions.stream()
                .filter(instruction -> instruction.name().equals(name))
                .toList();
    }

    /** The arguments of the last of this name, which is the one that holds. */
    String last(String name) {
        List<Instruction> all = all(name);
        return all.get(all.size() - 1).arguments();
    }
}
