package io.weir.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.Main;
import io.weir.app.Version;
import io.weir.app.deploy.Dockerfile.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the Dockerfile promises, as far as that can be seen without building it. */
class DockerfileTest {
    private static Dockerfile dockerfile;

    @BeforeAll
    static void read() throws IOException {
        dockerfile = Dockerfile.read();
    }

    @Test
    void itBuildsInOneStageAndRunsInAnotherBothPinnedAndOfTheJavaThatWeirIsMadeFor() {
        List<Instruction> stages = dockerfile.all("FROM");
        assertThat(stages).hasSize(2);
        assertThat(stages.get(0).arguments()).matches("maven:\\d+\\.\\d+\\.\\d+-eclipse-temurin-17 AS build");
        assertThat(stages.get(1).arguments()).matches("eclipse-temurin:17\\.\\d+[0-9._]*-jre-\\w+");
    }

    @Test
    void everythingItCopiesIsThereAndNotKeptOutOfTheBuild() throws IOException {
        List<String> letIn = Files.readAllLines(dockerfile.root().resolve(".dockerignore"));
        assertThat(letIn).contains("*", "**/target");
        for (Instruction copy : dockerfile.all("COPY")) {
            if (!copy.isFromAnotherStage()) {
                String source = copy.paths().get(0);
                assertThat(dockerfile.root().resolve(source)).exists();
                assertThat(letIn).contains("!" + source);
            }
        }
    }

    @Test
    void itCopiesWhatTheBuildMakesToWhereTheEntryPointLooks() throws IOException {
        List<List<String>> built = dockerfile.all("COPY").stream()
                .filter(Instruction::isFromAnotherStage)
                .map(Instruction::paths)
                .toList();
        assertThat(built)
                .containsExactly(
                        List.of("/src/app/target/lib", "/opt/weir/lib"),
                        List.of("/src/app/target/weir.cdx.json", "/opt/weir/weir.cdx.json"),
                        List.of("/src/app/target/weir.jar", "/opt/weir/weir.jar"));
        assertThat(Files.readString(dockerfile.root().resolve("app/pom.xml")))
                .contains(
                        "<finalName>weir</finalName>",
                        "<outputName>weir.cdx</outputName>",
                        "<classpathPrefix>lib/</classpathPrefix>");
        assertThat(entryPoint()).content().contains("-cp /opt/weir/weir.jar " + Main.class.getName());
    }

    @Test
    void itStartsTheProgramItselfWithoutAShellAround() throws IOException {
        assertThat(dockerfile.last("ENTRYPOINT")).isEqualTo("[\"/opt/weir/entrypoint.sh\"]");
        assertThat(dockerfile.last("CMD")).isEqualTo("[\"run\"]");
        assertThat(entryPoint()).isExecutable().content().contains("\nexec java ");
    }

    private static Path entryPoint() {
        return dockerfile.root().resolve("docker/entrypoint.sh");
    }

    @Test
    void itRunsAsAUserWithoutRights() {
        List<Instruction> all = dockerfile.instructions();
        Instruction user = all.stream()
                .filter(instruction -> instruction.name().equals("USER"))
                .findFirst()
                .orElseThrow();
        assertThat(user.arguments()).matches("[1-9]\\d{3,}:[1-9]\\d{3,}");
        assertThat(all.subList(all.indexOf(user), all.size()))
                .extracting(Instruction::name)
                .doesNotContain("RUN", "COPY", "ADD");
    }

    @Test
    void itsStateIsOnAVolume() {
        assertThat(dockerfile.last("ENV")).isEqualTo("WEIR_STATE_DIR=" + dockerfile.last("VOLUME"));
    }

    @Test
    void itsLabelNamesThisVersion() {
        assertThat(dockerfile.last("LABEL")).contains("org.opencontainers.image.version=\"" + Version.NUMBER + "\"");
    }

    @Test
    void itAsksWhetherItLives() {
        assertThat(dockerfile.all("HEALTHCHECK"))
                .singleElement()
                .satisfies(check -> assertThat(check.arguments()).contains("/health/live"));
    }
}
