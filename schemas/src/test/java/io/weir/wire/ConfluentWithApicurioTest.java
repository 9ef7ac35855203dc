package io.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schema.Click;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our codec and Confluent's against a real registry server that is not of our making. */
class ConfluentWithApicurioTest extends ConfluentCompatibility {
    private static ApicurioServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = ApicurioServer.start(Path.of("target", "apicurio.log"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    String registryUrl() {
        return server.url();
    }

    @Test
    void ourClientSpeaksItsApi() {
        HttpSchemaRegistry client = new HttpSchemaRegistry(settings());
        Schema schema = PortableSchema.of(Click.getClassSchema());
        assertThatThrownBy(() -> client.lookup("api/odd name-value", schema))
                .isInstanceOf(SerializationException.class);
        int id = client.register("api-value", schema);
        assertThat(client.lookup("api-value", schema)).isEqualTo(id);
        assertThat(new HttpSchemaRegistry(settings()).schemaById(id).toString()).isEqualTo(schema.toString());
        assertThatThrownBy(() -> client.schemaById(id + 1_000))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.fault()).isEqualTo(WireException.Fault.UNKNOWN_SCHEMA));
    }
}
