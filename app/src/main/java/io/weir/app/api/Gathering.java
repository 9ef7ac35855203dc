package io.weir.app.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/**
 * Asks the instances that own what a question is about. Thread-safe.
 *
 * <p>What comes of it is whole or a {@link Refusal}: each partition must be in exactly one part. Two instances can claim
 * the same one for a moment while it moves.
 */
final class Gathering {
    private final Members members;
    private final Peers peers;

    Gathering(Members members, Peers peers) {
        this.members = members;
        this.peers = peers;
    }

    /** One call that every instance answers for what it owns, and how this one does. */
    record LocalCall<P extends Part>(Half half, String path, Class<P> type, Supplier<P> own) {}

    /** The part of the instance that owns this partition. */
    <P extends Part> CompletableFuture<P> fromOwner(int partition, LocalCall<P> call, Question question) {
        HostInfo owner = members.owners(call.half()).get(partition);
        if (owner == null) {
            throw Refusal.unavailable(
                    call.half().partition() + " " + partition + " has no owner yet; ask again in a moment");
        }
        return ask(owner, call, question).thenApply(part -> {
            if (!part.partitions().contains(partition)) {
                throw Refusal.unavailable(missing(call.half(), partition, owner));
            }
            return part;
        });
    }

    /** The parts of all instances that own anything. */
    <P extends Part> CompletableFuture<List<P>> fromAll(LocalCall<P> call, Question question) {
        SortedSet<HostInfo> hosts = new TreeSet<>(Comparator.comparing(HostInfo::toString));
        for (Half half : Half.values()) {
            hosts.addAll(members.owners(half).values());
        }
        Map<Integer, HostInfo> owners = members.owners(call.half());
        Map<HostInfo, CompletableFuture<P>> asked = new LinkedHashMap<>();
        // Others first: they work while this one does.
        hosts.stream()
                .filter(host -> !host.equals(members.self()))
                .forEach(host -> asked.put(host, ask(host, call, question)));
        if (hosts.contains(members.self())) {
            asked.put(members.self(), ask(members.self(), call, question));
        }
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> checked(call.half(), owners, asked));
    }

    private <P extends Part> CompletableFuture<P> ask(HostInfo host, LocalCall<P> call, Question question) {
        if (!host.equals(members.self())) {
            return peers.ask(host, call.path(), question, call.type());
        }
        try {
            return CompletableFuture.completedFuture(call.own().get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private <P extends Part> List<P> checked(
            Half half, Map<Integer, HostInfo> owners, Map<HostInfo, CompletableFuture<P>> answered) {
        Map<Integer, HostInfo> found = new TreeMap<>();
        List<P> parts = new ArrayList<>();
        answered.forEach((host, answer) -> {
            P part = answer.join();
            parts.add(part);
            part.partitions().forEach(partition -> claim(half, partition, host, found));
        });
        for (int partition = 0; partition < members.partitions(); partition++) {
            if (!found.containsKey(partition)) {
                throw Refusal.unavailable(missing(half, partition, owners.get(partition)));
            }
        }
        return parts;
    }

    private static void claim(Half half, int partition, HostInfo host, Map<Integer, HostInfo> found) {
        HostInfo other = found.put(partition, host);
        if (other != null) {
            throw Refusal.unavailable(half.partition() + " " + partition + " is moving from " + text(other) + " to "
                    + text(host) + " or back; ask again in a moment");
        }
    }

    private static String missing(Half half, int partition, @Nullable HostInfo owner) {
        return half.partition() + " " + partition + " is missing: "
                + (owner == null ? "it has no owner yet" : text(owner) + " has not restored it yet")
                + "; ask again in a moment";
    }

    private static String text(HostInfo host) {
        return host.host() + ":" + host.port();
    }
}
