package io.weir.wire;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Confluent's client 7.9.5 against the registry that the demo serves. */
class ConfluentWithEmbeddedRegistryTest extends ConfluentCompatibility {
    private RegistryOverHttp server;

    @BeforeEach
    void start() throws IOException {
        server = new RegistryOverHttp();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    String registryUrl() {
        return server.url();
    }
}
