package io.weir.app.system;

import io.weir.app.broker.BrokerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one real broker, which starts with the first test that asks for it and ends with the last test of all.
 * Tests keep apart by the names of their topics and applications.
 */
public final class SharedBroker implements ParameterResolver {

    private record Running(BrokerProcess broker, Path folder) implements AutoCloseable {
        static Running start() {
            try {
                Path folder = Files.createTempDirectory("weir-system-test-");
                return new Running(BrokerProcess.start(folder), folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            broker.close();
            Folders.delete(folder);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == BrokerProcess.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedBroker.class))
                .computeIfAbsent("broker", key -> Running.start(), Running.class)
                .broker();
    }
}
