package io.weir.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that some tests need and not every machine has. CI installs them. */
public final class Programs {
    private Programs() {}

    /**
     * Where this program is. A test whose program is missing is skipped with that reason; in CI, where it must not be
     * missing, it fails.
     *
     * @param debianPackage what to install
     */
    public static Path require(String name, String debianPackage) {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        String reason = name + " is not installed (Debian: " + debianPackage + ")";
        if (System.getenv("CI") != null) {
            assertThat(found).as(reason).isPresent();
        }
        assumeTrue(found.isPresent(), reason);
        return found.orElseThrow();
    }
}
