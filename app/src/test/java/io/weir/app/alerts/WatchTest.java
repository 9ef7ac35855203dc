package io.weir.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.app.alerts.SimulatedShop.Lane;
import io.weir.domain.Dimension;
import io.weir.domain.DimensionKey;
import io.weir.domain.EventType;
import io.weir.domain.Measure;
import io.weir.domain.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every case is drawn from a fixed seed, so that it goes the same way each time. */
class WatchTest {
    private static final long SEED = 20_261_122;
    private static final long NOON_MS = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();

    private final SimulatedShop shop = new SimulatedShop(SEED, NOON_MS);
    private final List<Lane> mug = product("mug", 20);
    private final List<Lane> lamp = product("lamp", 20);
    private final List<Lane> tray = product("tray", 20);
    private final List<Lane> vase = product("vase", 10);

    private List<Lane> product(String product, double visitsPerSecond) {
        return List.of(
                shop.lane(product, "search", visitsPerSecond / 2, 0.05),
                shop.lane(product, "weibo", visitsPerSecond / 2, 0.05));
    }

    private static void sells(List<Lane> product, double conversion) {
        product.forEach(lane -> lane.conversion = conversion);
    }

    private static void draws(List<Lane> product, double visitsPerSecond) {
        product.forEach(lane -> lane.visitsPerSecond = visitsPerSecond / product.size());
    }

    private static List<String> names(List<Alert> alerts) {
        return alerts.stream()
                .map(alert -> alert.name().label() + " " + (alert.key() == null ? "" : alert.key()))
                .toList();
    }

    private void calm(long seconds) {
        for (long i = 0; i < seconds; i++) {
            shop.pass(1);
            assertThat(names(shop.alerts())).as("after %s s", i).isEmpty();
        }
    }

    private Alert only() {
        assertThat(names(shop.alerts())).hasSize(1);
        return shop.alerts().get(0);
    }

    @Test
    void aProductThatHardlySellsIsNoticedWithinAMinute() {
        shop.delaySeconds = 1;
        calm(300);
        long brokenMs = shop.nowMs();
        sells(mug, 0.002);

        assertThat(shop.passUntilAlert(60)).isTrue();

        Alert alert = only();
        assertThat(alert.name()).isEqualTo(AlertName.CONVERSION_DROP);
        assertThat(alert.key()).isEqualTo(DimensionKey.product("mug"));
        assertThat(alert.dimension()).isEqualTo(Dimension.PRODUCT);
        assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.since())
                .isBetween(Instant.ofEpochMilli(brokenMs - 30_000), Instant.ofEpochMilli(shop.nowMs()));
        assertThat(alert.summary()).startsWith("mug hardly sells");
        assertThat(alert.reason())
                .matches("\\d+ payments? in the last \\d+ s where \\d+ were expected \\(0\\.\\d payments for 100 visits"
                        + " against \\d\\.\\d in the \\d minutes before\\)\\. .*below 1 in [\\d,]+ [mb]illion when it was"
                        + " noticed\\.");
        assertThat(alert.figures()).containsKeys("payments", "expected_payments", "visits", "window_seconds", "drop");
    }

    @Test
    void itIsOverWhenTheProductSellsAgainAndDoesNotComeBack() {
        shop.delaySeconds = 1;
        calm(300);
        sells(mug, 0);
        assertThat(shop.passUntilAlert(60)).isTrue();
        shop.pass(600);
        assertThat(only().key()).isEqualTo(DimensionKey.product("mug"));

        sells(mug, 0.05);
        shop.pass(90);

        calm(2_400);
    }

    @Test
    void aProductThatIsGoneAltogetherIsABestSellerWithoutPayments() {
        shop.delaySeconds = 1;
        calm(600);
        draws(mug, 0);

        assertThat(shop.passUntilAlert(120)).isTrue();

        assertThat(only().name()).isEqualTo(AlertName.BEST_SELLER_WITHOUT_PAYMENTS);
        assertThat(only().key()).isEqualTo(DimensionKey.product("mug"));
        assertThat(only().reason()).contains("It had 0 visits meanwhile.");
    }

    @Test
    void whatBefallsAllProductsIsSaidOfTheShopAlone() {
        shop.delaySeconds = 1;
        calm(600);
        shop.lanes.forEach(lane -> lane.conversion *= 0.2);

        assertThat(shop.passUntilAlert(90)).isTrue();
        shop.pass(300);

        assertThat(only().name()).isEqualTo(AlertName.CONVERSION_DROP);
        assertThat(only().key()).isEqualTo(DimensionKey.TOTAL);
        assertThat(only().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void aSuddenRiseOfVisitsWhosePaymentsAreStillToComeIsNoDrop() {
        shop.delaySeconds = 400;
        calm(3_000);
        draws(mug, 120);
        calm(1_200);
    }

    @Test
    void aRiseOfAllVisitsIsNoDropEither() {
        shop.delaySeconds = 400;
        calm(3_000);
        shop.rhythm = timeMs -> 6;
        calm(1_200);
    }

    @Test
    void visitsThatFailForSomeMinutesAreNoDropLaterWhenTheirPaymentsAreMissing() {
        shop.delaySeconds = 400;
        calm(3_000);
        draws(mug, 0);
        calm(40);
        draws(mug, 20);
        calm(1_200);
    }

    @Test
    void anEveningThatEndsIsNoDrop() {
        shop.rhythm = timeMs -> Math.exp(-(timeMs - NOON_MS) / 3_600_000.0);
        calm(4 * 3_600);
    }

    @Test
    void aHandfulOfVisitorsIsNoReasonForAnAlarm() {
        shop.lanes.forEach(lane -> lane.visitsPerSecond = 0.05);
        calm(1_800);
        shop.lanes.forEach(lane -> lane.conversion = 0);
        calm(900);
    }

    @Test
    void midnightIsNoDrop() {
        SimulatedShop late =
                new SimulatedShop(SEED, Instant.parse("2026-11-22T23:50:00Z").toEpochMilli());
        late.lane("mug", "search", 20, 0.05);
        late.lane("lamp", "email", 20, 0.05);
        for (int i = 0; i < 1_500; i++) {
            late.pass(1);
            assertThat(names(late.alerts())).isEmpty();
        }
    }

    @Test
    void aDropAtMidnightIsNoticedAllTheSame() {
        SimulatedShop late =
                new SimulatedShop(SEED, Instant.parse("2026-11-22T23:50:00Z").toEpochMilli());
        Lane broken = late.lane("mug", "search", 20, 0.05);
        late.lane("lamp", "email", 20, 0.05);
        late.delaySeconds = 1;
        late.pass(580);
        broken.conversion = 0;
        assertThat(late.passUntilAlert(60)).isTrue();
        assertThat(late.alerts().get(0).product()).isEqualTo("mug");
    }

    @Test
    void aPipelineThatStandsStillIsStaleAndSellsNoLess() {
        calm(600);
        shop.stalled = true;
        shop.pass(57);
        assertThat(names(shop.alerts())).isEmpty();
        shop.pass(10);
        assertThat(only().name()).isEqualTo(AlertName.DATA_STALE);
        assertThat(only().severity()).isEqualTo(Severity.CRITICAL);
        shop.pass(600);
        shop.stalled = false;
        shop.pass(1);
        calm(600);
    }

    @Test
    void visitsThatAreCaughtUpWithBeforeTheirPaymentsAreNoDrop() {
        calm(600);
        shop.stalled = true;
        shop.pass(300);
        shop.stalled = false;
        shop.heldBack.add(EventType.PAYMENT);
        shop.pass(8);
        shop.heldBack.clear();
        shop.pass(1);
        calm(600);
    }

    @Test
    void anInputThatFallsSilentIsAnOutageAndNoDrop() {
        calm(600);
        shop.cutOff.add(EventType.PAYMENT);

        assertThat(shop.passUntilAlert(90)).isTrue();
        shop.pass(600);

        assertThat(only().name()).isEqualTo(AlertName.INPUT_SILENT);
        assertThat(only().summary()).isEqualTo("no payments arrive any more");
        shop.cutOff.clear();
        shop.pass(60);
        calm(600);
    }

    @Test
    void visitsThatFallSilentAreAnOutageOfNoSource() {
        calm(600);
        shop.cutOff.add(EventType.VISIT);
        assertThat(shop.passUntilAlert(90)).isTrue();
        shop.pass(300);
        assertThat(only().name()).isEqualTo(AlertName.INPUT_SILENT);
        assertThat(only().summary()).isEqualTo("no visits arrive any more");
    }

    @Test
    void aSourceThatSuddenlyBringsNobodyIsNoticed() {
        calm(900);
        shop.lanes.stream().filter(lane -> lane.source.equals("weibo")).forEach(lane -> lane.visitsPerSecond /= 100);
        assertThat(shop.passUntilAlert(120)).isTrue();
        assertThat(names(shop.alerts())).contains(AlertName.TRAFFIC_GONE.label() + " " + DimensionKey.source("weibo"));
    }

    @Test
    void aSourceThatFadesIsNot() {
        long fadesMs = NOON_MS + 900_000;
        Lane campaign = shop.lane("cup", "newsletter", 10, 0);
        for (int i = 0; i < 7_200; i++) {
            campaign.visitsPerSecond = 10 * Math.exp(-Math.max(0, shop.nowMs() - fadesMs) / 900_000.0);
            shop.pass(1);
            assertThat(names(shop.alerts())).isEmpty();
        }
    }

    @Test
    void paidClicksThatDoNotLandAreNoticed() {
        Lane paid = shop.lane("cup", "zuanzhan", 5, 0.01);
        paid.paidShare = 0.9;
        calm(900);
        paid.landingRate = 0.05;
        assertThat(shop.passUntilAlert(90)).isTrue();
        assertThat(only().name()).isEqualTo(AlertName.SPEND_WITHOUT_LANDINGS);
        assertThat(only().source()).isEqualTo("zuanzhan");
        assertThat(only().reason()).contains("of which", "in 100 landed");
    }

    @Test
    void theFirstMinutesOfAShopSayNothing() {
        shop.delaySeconds = 1;
        shop.pass(120);
        sells(mug, 0);
        calm(60);
    }

    @Test
    void afterARestartTheHourBeforeIsKnownFromTheRollingFigures() {
        shop.delaySeconds = 1;
        sells(mug, 0);
        for (List<Lane> product : List.of(mug, lamp, tray, vase)) {
            double visits = 3_300 * 2 * product.get(0).visitsPerSecond;
            Tally hour = new Tally();
            hour.add(Measure.VISITS, Math.round(visits));
            hour.add(Measure.PAYMENTS, Math.round(visits * 0.05));
            shop.hoursBefore.put(DimensionKey.product(product.get(0).product), hour.toMeasures());
        }
        assertThat(shop.passUntilAlert(75)).isTrue();
        assertThat(only().product()).isEqualTo("mug");
    }

    @Test
    void keysThatAnotherInstanceOwnsAreNotItsMatter() {
        shop.delaySeconds = 1;
        calm(300);
        sells(mug, 0);
        assertThat(shop.passUntilAlert(60)).isTrue();
        shop.owned = Set.of();
        shop.pass(2);
        assertThat(shop.alerts()).isEmpty();
    }

    @Test
    void aDropIsNoticedEvenIfAnotherInstanceHasTakenMostKeysOver() {
        shop.delaySeconds = 1;
        calm(900);
        shop.others = Set.of(DimensionKey.product("lamp"), DimensionKey.product("tray"))::contains;
        shop.owned = Set.of(1);
        calm(60);
        sells(mug, 0.02);

        assertThat(shop.passUntilAlert(240)).isTrue();

        assertThat(only().key()).isEqualTo(DimensionKey.product("mug"));
    }

    @Test
    void figuresThatWereStaleStaySoWhileAFailedThreadIsRestoredAgainAndAgain() {
        calm(600);
        shop.stalled = true;
        shop.pass(70);
        for (int i = 0; i < 20; i++) {
            shop.restoring = i % 2 == 0;
            shop.pass(20);
            assertThat(only().name()).isEqualTo(AlertName.DATA_STALE);
            assertThat(only().severity()).isEqualTo(Severity.CRITICAL);
        }
        assertThat(only().figures()).containsEntry("seconds_behind", 472L);
        shop.stalled = false;
        shop.pass(1);
        assertThat(names(shop.alerts())).isEmpty();
    }

    @Test
    void staleFiguresThatAnotherInstanceHasTakenOverAreNotItsMatterForLong() {
        calm(60);
        shop.stalled = true;
        shop.pass(70);
        shop.owned = Set.of();
        shop.pass(299);
        assertThat(only().name()).isEqualTo(AlertName.DATA_STALE);
        shop.pass(3);
        assertThat(names(shop.alerts())).isEmpty();
    }

    @Test
    void currentFiguresThatAnotherInstanceTakesOverAreNotStale() {
        calm(60);
        shop.owned = Set.of();
        calm(600);
    }

    @Test
    void moreRejectsThanUsualAreNoticedAndAUsualShareIsNot() {
        for (int i = 0; i < 1_200; i++) {
            shop.reject(EventType.VISIT, i % 2);
            shop.pass(1);
            assertThat(names(shop.alerts())).isEmpty();
        }
        for (int i = 0; i < 120; i++) {
            shop.reject(EventType.VISIT, 10);
            shop.pass(1);
        }
        assertThat(only().name()).isEqualTo(AlertName.REJECTS_HIGH);
        assertThat(only().reason()).contains("visits read in the last", "dead-letter topic");
        shop.pass(90);
        assertThat(names(shop.alerts())).isEmpty();
    }

    @Test
    void moreLateEventsThanUsualAreNoticed() {
        calm(600);
        for (int i = 0; i < 90; i++) {
            shop.late(EventType.PAYMENT, 2);
            shop.pass(1);
        }
        assertThat(only().name()).isEqualTo(AlertName.LATE_HIGH);
        assertThat(only().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(only().figures()).containsKeys("late", "share", "usual_share");
    }

    @Test
    void figuresOfNobodyRaiseNothing() {
        shop.lanes.clear();
        calm(900);
    }
}
