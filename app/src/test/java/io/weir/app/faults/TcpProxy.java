package io.weir.app.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Stands between clients and a server on loopback, and can cut their connections or hold back what they say. */
final class TcpProxy implements AutoCloseable {
    private static final int CHUNK = 64 << 10;

    private final ServerSocket entrance;
    private final int serverPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean cut;
    private volatile long delayNs;

    private TcpProxy(ServerSocket entrance, int serverPort) {
        this.entrance = entrance;
        this.serverPort = serverPort;
    }

    static TcpProxy to(int serverPort) throws IOException {
        TcpProxy proxy = new TcpProxy(new ServerSocket(0, 100, loopback()), serverPort);
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByName("127.0.0.1");
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Breaks all connections, and every new one until {@link #mend}. */
    void cut() {
        cut = true;
        open.forEach(TcpProxy::end);
    }

    void mend() {
        cut = false;
        delayNs = 0;
    }

    /** From now on, whatever is said either way arrives so much later. */
    void delay(Duration time) {
        delayNs = time.toNanos();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                serve(entrance.accept());
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        if (cut) {
            end(client);
            return;
        }
        try {
            Socket server = new Socket(loopback(), serverPort);
            open.add(server);
            threads.execute(() -> pass(client, server));
            threads.execute(() -> pass(server, client));
        } catch (IOException e) {
            end(client);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int size = in.read(chunk); size >= 0 && !cut; size = in.read(chunk)) {
                if (delayNs > 0) {
                    LockSupport.parkNanos(delayNs);
                }
                out.write(chunk, 0, size);
                out.flush();
            }
        } catch (IOException e) {
            // The other side sees it as the end of its connection.
        } finally {
            end(from);
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
        threads.shutdownNow();
    }
}
