package io.weir.bench.streams;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.Click;
import io.weir.domain.Rules;
import io.weir.domain.Visit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A visitor's clicks of the last landing window, in the order of reading. */
record RecentClicks(List<Click> clicks) {
    static final BinarySerde<RecentClicks> SERDE = new BinarySerde<>(RecentClicks::write, RecentClicks::read);

    static RecentClicks none() {
        return new RecentClicks(List.of());
    }

    RecentClicks with(Click click, Rules rules) {
        List<Click> more = new ArrayList<>();
        for (Click known : clicks) {
            if (known.timeMs() > click.timeMs() - rules.landingWindowMs()) {
                more.add(known);
            }
        }
        more.add(click);
        return new RecentClicks(more);
    }

    /** Where a visit came from; the clicks are null when there are none. */
    static ResolvedVisit resolve(Visit visit, @Nullable RecentClicks recent, Rules rules) {
        List<Click> clicks = recent == null ? List.of() : recent.clicks;
        Click named = null;
        Click viewed = null;
        for (Click click : clicks) {
            if (click.timeMs() <= visit.timeMs() - rules.landingWindowMs()) {
                continue;
            }
            named = click.id().equals(visit.clickId()) ? click : named;
            viewed = click.productId().equals(visit.productId()) ? click : viewed;
        }
        String own = visit.source();
        if (named == null && own != null) {
            return new ResolvedVisit(visit.productId(), own, visit.campaignId(), visit.timeMs(), null);
        }
        Click landed = named == null ? viewed : named;
        return landed == null
                ? new ResolvedVisit(visit.productId(), "direct", null, visit.timeMs(), null)
                : new ResolvedVisit(visit.productId(), landed.source(), landed.campaignId(), visit.timeMs(), landed);
    }

    private void write(BinaryWriter out) {
        out.writeCount(clicks.size());
        clicks.forEach(click -> write(click, out));
    }

    private static RecentClicks read(BinaryReader in) {
        List<Click> clicks = new ArrayList<>();
        for (int left = in.readSize(); left > 0; left--) {
            clicks.add(readClick(in));
        }
        return new RecentClicks(clicks);
    }

    static void write(Click click, BinaryWriter out) {
        out.writeText(click.id());
        out.writeText(click.productId());
        out.writeText(click.source());
        out.writeText(click.campaignId());
        out.writeTime(click.timeMs());
    }

    /** Whose it was and what it cost is not kept. */
    static Click readClick(BinaryReader in) {
        return new Click(
                in.readRequiredText(),
                "",
                in.readRequiredText(),
                in.readRequiredText(),
                in.readText(),
                0,
                in.readTime());
    }
}
