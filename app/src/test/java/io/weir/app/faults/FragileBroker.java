package io.weir.app.faults;

import io.weir.app.broker.BrokerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** A real broker behind a {@link TcpProxy}: it can be killed, started again, cut off and slowed down. */
final class FragileBroker implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final TcpProxy proxy;
    private BrokerProcess process;

    private FragileBroker(Path folder, int port, TcpProxy proxy) throws IOException {
        this.folder = folder;
        this.port = port;
        this.proxy = proxy;
        this.process = BrokerProcess.start(folder, port, proxy.port());
    }

    static FragileBroker start(Path folder) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        return new FragileBroker(folder, port, TcpProxy.to(port));
    }

    String bootstrapServers() {
        return process.bootstrapServers();
    }

    TcpProxy proxy() {
        return proxy;
    }

    /** {@code kill -9}; returns when it is gone. */
    void kill() {
        ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
        handle.destroyForcibly();
        handle.onExit().join();
    }

    /** Starts it on its old data, after {@link #kill}. */
    void startAgain() throws IOException {
        process.close();
        process = BrokerProcess.start(folder, port, proxy.port());
    }

    @Override
    public void close() throws IOException {
        process.close();
        proxy.close();
    }
}
