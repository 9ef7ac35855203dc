package io.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the build has packaged. Runs in Maven's verify phase, when it is there. Offline, Maven makes no bill of materials;
 * then the test is skipped, and in CI it fails.
 */
@Tag("packaged")
class BillOfMaterialsTest {
    private static final Path BUILT = Path.of(System.getProperty("weir.root"), "app", "target");
    private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

    private static final Path BILL = BUILT.resolve("weir.cdx.json");
    private static final Path APPLICATION = BUILT.resolve("weir.jar");

    @Test
    void theBillOfMaterialsNamesExactlyTheJarsThatTheApplicationRunsWith() throws IOException {
        requireBillOfThisBuild();
        List<String> run = classPath();
        assertThat(run)
                .as("the jars that weir.jar names")
                .isNotEmpty()
                .allMatch(jar -> Files.isRegularFile(BUILT.resolve(jar)), "are there");

        Set<String> named = new TreeSet<>();
        for (JsonNode component : new ObjectMapper().readTree(BILL.toFile()).get("components")) {
            named.add("lib/" + jar(component));
        }

        assertThat(named).isEqualTo(new TreeSet<>(run));
    }

    private static void requireBillOfThisBuild() throws IOException {
        boolean made = Files.exists(BILL)
                && Files.getLastModifiedTime(BILL).compareTo(Files.getLastModifiedTime(APPLICATION)) >= 0;
        String reason = "this build has made no bill of materials; is Maven offline?";
        if (System.getenv("CI") != null) {
            assertThat(made).as(reason).isTrue();
        }
        assumeTrue(made, reason);
    }

    private static List<String> classPath() throws IOException {
        try (JarFile jar = new JarFile(APPLICATION.toFile())) {
            String path = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return List.of(path.split(" "));
        }
    }

    /** As Maven calls the file. */
    private static String jar(JsonNode component) {
        Matcher classifier = CLASSIFIER.matcher(component.path("purl").asText());
        return component.get("name").asText() + "-" + component.get("version").asText()
                + (classifier.find() ? "-" + classifier.group(1) : "") + ".jar";
    }
}
