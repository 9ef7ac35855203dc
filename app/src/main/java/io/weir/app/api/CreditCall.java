package io.weir.app.api;

import io.weir.app.api.Gathering.LocalCall;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;

/** {@code credit}: why the payments of an order were credited as they were. Thread-safe. */
final class CreditCall {
    static final String PATH = "credit";

    private static final Comparator<CreditLine> BY_TIME = Comparator.comparing(
                    (CreditLine line) -> Instant.parse(line.time()))
            .thenComparing(CreditLine::paymentId);

    private final Members members;
    private final CreditSource credits;
    private final Gathering gathering;

    CreditCall(Members members, CreditSource credits, Gathering gathering) {
        this.members = members;
        this.credits = credits;
        this.gathering = gathering;
    }

    private static String order(Question question) {
        question.allowOnly(List.of("order"));
        return question.required("order", "the order_id of the payments that are asked about");
    }

    CompletableFuture<CreditAnswer> answer(Question question) {
        String order = order(question);
        LocalCall<CreditPart> call = new LocalCall<>(Half.JOURNEYS, PATH, CreditPart.class, () -> part(order));
        return gathering.fromAll(call, question).thenApply(parts -> {
            List<CreditLine> lines = parts.stream()
                    .flatMap(part -> part.lines().stream())
                    .sorted(BY_TIME)
                    .toList();
            if (lines.isEmpty()) {
                throw Refusal.unknown(
                        "no payment of the order " + order + " is known, or not any more: credits are kept as"
                                + " long as the setting credit.retention says");
            }
            return new CreditAnswer(order, lines);
        });
    }

    /** What this instance contributes. */
    CreditPart part(Question question) {
        return part(order(question));
    }

    private CreditPart part(String order) {
        SortedSet<Integer> partitions = members.own(Half.JOURNEYS);
        List<CreditLine> lines =
                credits.find(order).stream().map(CreditLine::of).toList();
        if (!partitions.equals(members.own(Half.JOURNEYS))) {
            throw Refusal.unavailable("input partitions are moving between instances; ask again in a moment");
        }
        return new CreditPart(partitions, lines);
    }
}
