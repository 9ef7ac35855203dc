package io.weir.app.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;

/** A client that takes what is written only when it is told to. */
final class StuckSink implements Content.Sink {
    final List<String> written = new ArrayList<>();
    private final Deque<Callback> waiting = new ArrayDeque<>();

    /** @param ended gets why the stream has failed */
    EventStream stream(List<Throwable> ended) {
        return new EventStream(this, Callback.from(() -> {}, ended::add), stream -> {});
    }

    @Override
    public void write(boolean last, ByteBuffer bytes, Callback callback) {
        written.add(StandardCharsets.UTF_8.decode(bytes).toString());
        waiting.add(callback);
    }

    /** Takes the oldest of what was written. */
    void take() {
        waiting.remove().succeeded();
    }
}
