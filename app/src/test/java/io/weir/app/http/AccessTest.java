package io.weir.app.http;

import static io.weir.app.figures.FigureRows.visitors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.app.api.FakeCluster;
import io.weir.app.api.Node;
import io.weir.domain.DimensionKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask, and over what. */
class AccessTest {
    private static final String LOCAL = "127.0.0.1";
    private static final BasicLogin LOGIN = new BasicLogin("operations", "pässword: with colon");
    private static final String RIGHT = basic("operations:pässword: with colon");

    @TempDir
    Path folder;

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> get(HttpClient client, URI uri, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/metrics",
                "/nothing",
                "/registry/subjects",
                "/api/v1/board",
                "/api/v1/stream",
                "/api/v1/openapi.json",
                "/api/v1/local/alerts?application=test",
                "/health/../api/v1/board"
            })
    void withALoginEverythingButHealthNeedsIt(String path) throws Exception {
        Access access = new Access(LOCAL, 0, null, LOGIN);
        try (Node node = new Node(new FakeCluster(1), Node.shop(), access).owning(0)) {
            URI uri = URI.create("http://" + LOCAL + ":" + node.uri().getPort() + path);
            HttpClient client = HttpClient.newHttpClient();
            HttpResponse<String> refused = get(client, uri, null);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate"))
                    .hasValue("Basic realm=\"Weir\", charset=\"UTF-8\"");
            assertThat(get(client, node.uri().resolve("/health/live"), null).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void onlyTheRightLoginIsLetIn() {
        assertThat(LOGIN.admits(RIGHT)).isTrue();
        assertThat(LOGIN.admits(RIGHT.replace("Basic", "basic"))).isTrue();
        assertThat(LOGIN.admits(basic("operations:password: with colon"))).isFalse();
        assertThat(LOGIN.admits(basic("operations"))).isFalse();
        assertThat(LOGIN.admits(basic(""))).isFalse();
        assertThat(LOGIN.admits("Basic ???")).isFalse();
        assertThat(LOGIN.admits("Bearer x")).isFalse();
        assertThat(LOGIN.admits(null)).isFalse();
        assertThat(LOGIN).asString().doesNotContain("operations", "pässword");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void instancesAskEachOtherOverTlsWithTheLoginOfWhoAsked(boolean pem) throws Exception {
        Path store = TestKeys.pkcs12(folder);
        TlsKeys keys = pem ? TlsKeys.read(TestKeys.pem(store), null) : TlsKeys.read(store, TestKeys.PASSWORD);
        Access access = new Access(LOCAL, 0, keys, LOGIN);
        FakeCluster cluster = new FakeCluster(2);
        HttpClient client = HttpClient.newBuilder().sslContext(keys.client()).build();
        try (Node one = new Node(cluster, Node.shop(), access).owning(0);
                Node other = new Node(cluster, Node.shop(), access).owning(1)) {
            for (int i = 0; i < 10; i++) {
                one.today(DimensionKey.product("p" + i), visitors(1));
                other.today(DimensionKey.product("p" + i), visitors(1));
            }
            assertThat(one.uri().getScheme()).isEqualTo("https");
            URI question = one.uri().resolve("/api/v1/now?dimension=product&window=today");
            HttpResponse<String> answer = get(client, question, RIGHT);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"p0\"", "\"p9\"");
            assertThat(get(client, question, basic("x:y")).statusCode()).isEqualTo(401);
            assertThatThrownBy(() -> get(HttpClient.newHttpClient(), question, RIGHT))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void keysThatCannotBeReadAreExplained() throws Exception {
        Path store = TestKeys.pkcs12(folder);
        Path garbage = Files.writeString(folder.resolve("garbage"), "-----BEGIN NOTHING-----");
        assertThatThrownBy(() -> TlsKeys.read(store, "wrong"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("password");
        assertThatThrownBy(() -> TlsKeys.read(garbage, null)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> TlsKeys.read(folder.resolve("absent"), null)).isInstanceOf(IOException.class);
    }
}
