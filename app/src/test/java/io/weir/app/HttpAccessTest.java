package io.weir.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.app.config.ConfigurationException;
import io.weir.app.config.WeirConfig;
import io.weir.app.http.TestKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody but this machine is let in without TLS and a login, unless it is said so. */
class HttpAccessTest {
    private static final Map<String, String> LOGIN =
            Map.of("http.basic.auth.user", "operations", "http.basic.auth.password", "topsecret");

    @TempDir
    Path folder;

    private static List<String> problems(Map<String, String> settings) {
        return HttpAccess.problems(WeirConfig.of(settings));
    }

    private Map<String, String> tls() throws Exception {
        Path made = folder.resolve("keys.p12");
        Path keys = Files.exists(made) ? made : TestKeys.pkcs12(folder);
        return Map.of("http.tls.keystore", keys.toString(), "http.tls.keystore.password", TestKeys.PASSWORD);
    }

    @SafeVarargs
    private static Map<String, String> all(Map<String, String>... settings) {
        Map<String, String> all = new HashMap<>();
        for (Map<String, String> each : settings) {
            all.putAll(each);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1"})
    void thisMachineMayAlwaysAsk(String host) {
        assertThat(problems(Map.of("http.host", host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid"})
    void anAddressThatOthersReachIsRefusedAndTheCuresAreNamed(String host) throws Exception {
        for (Map<String, String> half : List.of(Map.<String, String>of(), LOGIN, tls())) {
            assertThat(problems(all(Map.of("http.host", host), half)))
                    .singleElement()
                    .asString()
                    .startsWith("http.host: found " + host)
                    .contains(
                            "http.tls.keystore",
                            "http.basic.auth.user",
                            "http.basic.auth.password",
                            "http.insecure=true",
                            "127.0.0.1")
                    .doesNotContain("topsecret");
        }
        assertThat(problems(all(Map.of("http.host", host), LOGIN, tls()))).isEmpty();
        assertThat(problems(Map.of("http.host", host, "http.insecure", "true"))).isEmpty();
    }

    @Test
    void halfALoginAndKeysThatCannotBeReadAreNamedAtOnce() throws Exception {
        Map<String, String> wrong = all(
                Map.of("http.basic.auth.user", "op:erations"), tls(), Map.of("http.tls.keystore.password", "changeme"));
        assertThat(problems(wrong))
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("http.basic.auth.password: missing"))
                .anyMatch(problem -> problem.startsWith("http.basic.auth.user: found op:erations"))
                .anyMatch(problem -> problem.startsWith("http.tls.keystore: found") && problem.contains("password"))
                .noneMatch(problem -> problem.contains("changeme"));
        assertThat(problems(Map.of("http.basic.auth.password", "topsecret")))
                .singleElement()
                .asString()
                .startsWith("http.basic.auth.user: missing")
                .doesNotContain("topsecret");
    }

    @Test
    void othersAreToldTheAddressThatIsListenedOnUnlessAnotherIsSet() {
        assertThat(HttpAccess.advertised(WeirConfig.of(Map.of()), 1234)).isEqualTo("127.0.0.1:1234");
        assertThat(HttpAccess.advertised(WeirConfig.of(Map.of("http.host", "::1")), 1234))
                .isEqualTo("[::1]:1234");
        assertThat(HttpAccess.advertised(WeirConfig.of(Map.of("http.advertised", "weir-1:80")), 1234))
                .isEqualTo("weir-1:80");
        assertThat(HttpAccess.advertised(WeirConfig.of(Map.of("http.host", "0.0.0.0")), 1234))
                .endsWith(":1234")
                .doesNotStartWith("0.0.0.0");
        assertThatThrownBy(() -> WeirConfig.of(Map.of("http.advertised", "weir-1")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("host:port such as weir-1:8080");
    }
}
