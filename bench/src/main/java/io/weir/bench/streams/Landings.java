package io.weir.bench.streams;

import io.weir.domain.BinaryReader;
import io.weir.domain.BinaryWriter;
import io.weir.domain.Click;
import io.weir.domain.Rules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's clicks that have landed within the landing window.
 *
 * @param latest the one that landed with the visit that came last; null if that visit was no landing
 */
record Landings(List<Click> landed, @Nullable Click latest) {
    static final BinarySerde<Landings> SERDE = new BinarySerde<>(Landings::write, Landings::read);

    static Landings none() {
        return new Landings(List.of(), null);
    }

    Landings with(ResolvedVisit visit, Rules rules) {
        Click click = visit.click();
        if (click == null || landed.stream().anyMatch(known -> known.id().equals(click.id()))) {
            return new Landings(landed, null);
        }
        List<Click> more = new ArrayList<>();
        for (Click known : landed) {
            if (known.timeMs() > visit.timeMs() - rules.landingWindowMs()) {
                more.add(known);
            }
        }
        more.add(click);
        return new Landings(more, click);
    }

    private void write(BinaryWriter out) {
        out.writeCount(landed.size());
        landed.forEach(click -> RecentClicks.write(click, out));
        out.writeByte(latest == null ? 0 : 1);
    }

    /** The latest one is the last of the list. */
    private static Landings read(BinaryReader in) {
        List<Click> landed = new ArrayList<>();
        for (int left = in.readSize(); left > 0; left--) {
            landed.add(RecentClicks.readClick(in));
        }
        return new Landings(landed, in.readByte() == 0 ? null : landed.get(landed.size() - 1));
    }
}
