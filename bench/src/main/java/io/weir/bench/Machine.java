package io.weir.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the race was run on.
 *
 * @param loadBefore processes that wanted a core in the minute before the race; below 0 where it is not known
 */
record Machine(int cores, long memoryBytes, String processor, String system, String java, double loadBefore) {

    static Machine here() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getAvailableProcessors(),
                system.getTotalMemorySize(),
                nameOfProcessor(),
                system.getName() + " " + system.getVersion().replaceFirst("[^0-9.].*", ""),
                Runtime.version().toString(),
                system.getSystemLoadAverage());
    }

    private static String nameOfProcessor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return cores + " cores" + (processor.isBlank() ? "" : " (" + processor + ")") + ", "
                + Math.round(memoryBytes / 1e9) + " GB, " + system + ", Java " + java;
    }
}
