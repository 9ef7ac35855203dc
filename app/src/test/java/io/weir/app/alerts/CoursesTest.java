package io.weir.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.figures.Figure;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.ExactSums;
import io.weir.domain.Measure;
import io.weir.domain.Measures;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoursesTest {
    private static final DimensionKey MUG = DimensionKey.product("mug");
    private static final DimensionKey LAMP = DimensionKey.product("lamp");
    private static final Measures HOUR = visits(1_000);

    private final Courses courses = new Courses(Dimension.PRODUCT, EnumSet.of(Measure.VISITS), 10);
    private int moment = 0;

    private static Measures visits(long visits) {
        return Measures.of(0, 0, 0, visits, 0, 0, 0, 0, ExactSums.BEYOND - 1, 0, 0);
    }

    private void take(boolean counts, Figure... figures) {
        moment += counts ? 1 : 0;
        courses.take(new Courses.Reading(List.of(figures), List.of()), 0, moment * 4_000L, moment, counts);
    }

    /** The mug has one visit more in each slot, the lamp ten. */
    private void takeBoth(int slots) {
        for (int i = 0; i < slots; i++) {
            take(true, new Figure(MUG, visits(moment + 1)), new Figure(LAMP, visits(10L * moment + 10)));
        }
    }

    private void takeMug(int slots) {
        for (int i = 0; i < slots; i++) {
            take(true, new Figure(MUG, visits(moment + 1)));
        }
    }

    private long ofAll(int from) {
        return courses.all().between(Measure.VISITS, from, moment);
    }

    @Test
    void aKeyThatGoesTakesItsPastOutOfTheCourseOfAll() {
        takeBoth(20);
        assertThat(ofAll(5)).isEqualTo(15 * 11);
        take(false, new Figure(MUG, visits(20)));
        assertThat(courses.keys()).containsExactly(MUG);
        assertThat(ofAll(5)).isEqualTo(15);
        takeMug(1_000);
        assertThat(ofAll(moment - 900)).isEqualTo(900);
    }

    @Test
    void itDoesSoWhenTheRingsHaveComeRoundAndInTheMiddleOfASlot() {
        takeBoth(2_000);
        takeMug(1);
        assertThat(courses.keys()).containsExactly(MUG);
        assertThat(ofAll(moment - 900)).isEqualTo(900);
        takeMug(1);
        assertThat(ofAll(moment - 900)).isEqualTo(900);
    }

    @Test
    void aKeyThatComesBackBringsItsHourBeforeOnce() {
        for (int i = 0; i < 3; i++) {
            takeBoth(1);
            courses.recall(new Recalled(), moment, moment * 4_000L);
            take(false, new Figure(MUG, visits(moment)));
        }
        takeBoth(1);
        courses.recall(new Recalled(), moment, moment * 4_000L);
        assertThat(courses.all().hourBefore(moment * 4_000L).get(Measure.VISITS))
                .isEqualTo(2_000);
        take(false, new Figure(MUG, visits(moment)));
        assertThat(courses.all().hourBefore(moment * 4_000L)).isEqualTo(HOUR);
    }

    /** Knows the hour before of every key, and nothing else. */
    private static final class Recalled extends NoFigures {
        @Override
        public Optional<Measures> hourBefore(DimensionKey key) {
            return Optional.of(HOUR);
        }
    }
}
