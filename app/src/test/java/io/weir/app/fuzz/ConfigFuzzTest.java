package io.weir.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.app.config.ConfigSources;
import io.weir.app.config.ConfigurationException;
import io.weir.app.config.WeirConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Configuration files. What is accepted can be used in full, and says the same when it is read again. */
class ConfigFuzzTest {
    @TempDir
    static Path folder;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "currency=EUR\ngrace=PT5M\nlanding.window=PT1H\nattribution.window=P30D\ntime.zone=Asia/Shanghai\n",
                        "windows=1m, 1h\nmax.future.skew=PT0S\npublish.interval=PT0.2S\nidle.timeout=PT1M\n",
                        "min.visitors=0\ndefault.margin=0.3\nmetrics.rank.by=revenue\nmetrics.products=7\n",
                        "http.host=::1\nhttp.port=0\nhttp.advertised=[::1]:8080\nstate.dir=/tmp/\\u0078\n",
                        "kafka.bootstrap.servers=a:9092,b:9092\nkafka.x=y\nschema.registry.url=http://r:8081\n",
                        "topic.clicks=weir.clicks\nretention.1m=P2D\nmax.field.length=16\nmax.journey.bytes=16384\n",
                        "graze=PT1M\ngrace=ten\ndefault.margin=1E-2147483647\n! comment\n\\u00zz",
                        "state.dir=\\u0000\n",
                        "default.margin=0E2147483647\ntime.zone=UTC+18\n",
                        "default.margin=1E-2147483647\nwindows=1d,1d,\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void settingsAreUsableOrRefused(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("weir.properties"), bytes);
        Bounds.hold(() -> read(file));
    }

    private static void read(Path file) {
        try {
            WeirConfig config = WeirConfig.of(ConfigSources.merge(file, Map.of(), List.of()));
            use(config);
            WeirConfig again = config.with(Map.of());
            assertThat(again.pipelineSettings(4, 1_000)).isEqualTo(config.pipelineSettings(4, 1_000));
            assertThat(again.kafka()).isEqualTo(config.kafka());
            assertThat(again.codec()).isEqualTo(config.codec());
        } catch (ConfigurationException e) {
            assertThat(e.problems()).isNotEmpty().noneMatch(String::isBlank);
        }
    }

    private static void use(WeirConfig config) {
        assertThat(config.windows()).isNotEmpty();
        assertThat(config.stateDir()).isNotNull();
        assertThat(config.timeZone()).isNotNull();
        assertThat(config.defaultMargin().doubleValue()).isBetween(0.0, 1.0);
        assertThat(config.defaultMargin().toString()).isNotBlank();
        assertThat(config.minVisitors()).isNotNegative();
        assertThat(config.currency()).hasSize(3);
        assertThat(config.missingForCluster()).isNotNull();
    }
}
