package io.weir.app.api;

import io.weir.app.figures.LiveFigures;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The calls of {@code /api/v1}. Any instance answers for all. A call throws or fails with a {@link Refusal} where there is
 * no answer. Thread-safe.
 */
public final class Api {
    private final String application;
    private final NowCall now;
    private final SeriesCall series;
    private final TopCall top;
    private final BoardCall board;
    private final AlertsCall alerts;
    private final CreditCall credit;

    /** What this instance knows, and what it can ask others. */
    public record Sources(
            LiveFigures live,
            StoredRows stored,
            AlertSource alerts,
            CreditSource credits,
            Members members,
            Peers peers) {}

    public Api(ShopSettings shop, Sources sources, InstantSource clock) {
        this.application = shop.application();
        Members members = sources.members;
        LiveFigures live = sources.live;
        StoredRows stored = sources.stored;
        Gathering gathering = new Gathering(members, sources.peers);
        OwnTotals own = new OwnTotals(members, live);
        this.now = new NowCall(shop, members, own, live, stored, gathering);
        this.series = new SeriesCall(shop, members, own, live, stored, gathering);
        this.top = new TopCall(shop, own, live, stored, gathering);
        this.board = new BoardCall(
                shop, members, own, live, stored, sources.alerts, gathering, new BoardAnswers(shop, members, clock));
        this.alerts = new AlertsCall(own, sources.alerts, gathering);
        this.credit = new CreditCall(members, sources.credits, gathering);
    }

    public CompletableFuture<RankingAnswer> now(Question question) {
        return now.answer(question);
    }

    public CompletableFuture<SeriesAnswer> windows(Question question) {
        return series.answer(question);
    }

    public CompletableFuture<RankingAnswer> top(Question question) {
        return top.answer(question);
    }

    public CompletableFuture<BoardAnswer> board(Question question) {
        return board.answer(question);
    }

    public CompletableFuture<AlertsAnswer> alerts(Question question) {
        return alerts.answer(question);
    }

    public CompletableFuture<CreditAnswer> credit(Question question) {
        return credit.answer(question);
    }

    /** What this instance alone contributes, for the others, by the path below {@link Peers#LOCAL}. */
    public Map<String, Function<Question, Object>> local() {
        Map<String, Function<Question, Object>> calls = new LinkedHashMap<>();
        calls.put(NowCall.PATH, question -> now.part(forHere(question), atMostMs(question)));
        calls.put(SeriesCall.PATH, question -> series.part(forHere(question)));
        calls.put(TopCall.PATH, question -> top.part(forHere(question), atMostMs(question)));
        calls.put(BoardCall.PATH, question -> board.part(forHere(question), atMostMs(question)));
        calls.put(AlertsCall.PATH, question -> alerts.part(forHere(question)));
        calls.put(CreditCall.PATH, question -> credit.part(forHere(question)));
        return calls;
    }

    /** The question as it was asked, without what {@link Peers} have added. */
    private Question forHere(Question question) {
        String asked = question.required(Peers.APPLICATION, "the application.id of the one who asks");
        if (!asked.equals(application)) {
            throw Refusal.unavailable("this is an instance of the application " + application + ", not of " + asked);
        }
        return question.without(Peers.APPLICATION, Aligned.AT_MOST);
    }

    private static long atMostMs(Question question) {
        String text = question.text(Aligned.AT_MOST);
        try {
            return text == null ? Long.MAX_VALUE : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Refusal.wrong(Aligned.AT_MOST + " is '" + text + "'; allowed are milliseconds since 1970");
        }
    }
}
