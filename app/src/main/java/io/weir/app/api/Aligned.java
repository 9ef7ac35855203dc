package io.weir.app.api;

import io.weir.app.api.Gathering.LocalCall;
import io.weir.app.figures.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of all instances, all about the same stretches of time.
 *
 * <p>Instances reach a new minute or day a moment apart. Those ahead are then asked for what they showed at the least
 * watermark.
 *
 * @param watermarkMs the least; null while nothing has been read from the inputs
 */
record Aligned<P extends TimedPart>(List<P> parts, @Nullable Long watermarkMs) {
    /** The parameter that says at which watermark, milliseconds. */
    static final String AT_MOST = "at_most_ms";

    interface CallAt<P extends TimedPart> {
        /** @param atMostMs taken for the watermark if it is less */
        LocalCall<P> at(long atMostMs);
    }

    static <P extends TimedPart> CompletableFuture<Aligned<P>> gather(
            Gathering gathering, CallAt<P> call, Question question) {
        return gathering.fromAll(call.at(Long.MAX_VALUE), question).thenCompose(parts -> {
            Aligned<P> first = of(parts);
            Long leastMs = first.watermarkMs;
            if (leastMs == null || first.agrees()) {
                return CompletableFuture.completedFuture(first);
            }
            return gathering
                    .fromAll(call.at(leastMs), question.with(AT_MOST, leastMs.toString()))
                    .thenApply(again -> of(again).checked(leastMs));
        });
    }

    private static <P extends TimedPart> Aligned<P> of(List<P> parts) {
        List<P> owning = owning(parts).toList();
        List<Long> watermarks = owning.stream()
                .map(TimedPart::watermarkMs)
                .filter(Objects::nonNull)
                .toList();
        if (!watermarks.isEmpty() && watermarks.size() < owning.size()) {
            throw Refusal.unavailable("some totals partitions have no figures yet; ask again in a moment");
        }
        return new Aligned<>(parts, watermarks.stream().min(Long::compare).orElse(null));
    }

    /** An instance without totals partitions knows no times. */
    private static <P extends TimedPart> Stream<P> owning(List<P> parts) {
        return parts.stream().filter(part -> !part.partitions().isEmpty());
    }

    private boolean agrees() {
        return spans().entrySet().stream()
                .allMatch(span -> owning(parts)
                        .allMatch(part -> sameTime(span.getValue(), part.spans().get(span.getKey()))));
    }

    private static boolean sameTime(Span span, @Nullable Span other) {
        return other != null && span.startMs() == other.startMs() && span.endMs() == other.endMs();
    }

    private Aligned<P> checked(long atMostMs) {
        if (!agrees()) {
            throw Refusal.unavailable("the instances are at different minutes; ask again in a moment");
        }
        return new Aligned<>(parts, atMostMs);
    }

    /** Where the stretches lie that all parts know, by label. */
    Map<String, Span> spans() {
        Map<String, Span> spans = new LinkedHashMap<>();
        owning(parts).findFirst().ifPresent(part -> spans.putAll(part.spans()));
        owning(parts).forEach(part -> spans.keySet().retainAll(part.spans().keySet()));
        return spans;
    }
}
