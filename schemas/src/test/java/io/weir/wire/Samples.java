package io.weir.wire;

import io.weir.schema.Click;
import io.weir.schema.Payment;
import io.weir.schema.Visit;
import io.weir.schema.WindowResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/** Records of every type: plain, with non-ASCII text, with nulls, with extreme numbers; and random ones. */
final class Samples {
    static final Instant TIME = Instant.parse("2025-11-11T00:00:00.123Z");

    private Samples() {}

    /** One record of each type, by the topic that it belongs to. */
    static Map<String, SpecificRecord> byTopic() {
        Map<String, SpecificRecord> result = new LinkedHashMap<>();
        result.put("weir.clicks", click());
        result.put("weir.visits", visit());
        result.put("weir.payments", payment());
        result.put("weir.windows", window());
        return result;
    }

    static Click click() {
        return new Click("c-1", "访客-7", "sku-42", "直通车", null, 1_250_000L, TIME);
    }

    static Visit visit() {
        return new Visit("v-1", "访客-7", "sku-42", "zhitongche", "双11 \uD83D\uDED2", null, TIME);
    }

    static Payment payment() {
        return new Payment("p-1", "o-1", "访客-7", "sku-42", 2L, Long.MAX_VALUE, Instant.ofEpochMilli(-1));
    }

    static WindowResult window() {
        return WindowResult.newBuilder()
                .setWindow("1h")
                .setWindowStart(Instant.parse("2025-11-11T00:00:00Z"))
                .setWindowEnd(Instant.parse("2025-11-11T01:00:00Z"))
                .setDimension("product_source")
                .setProductId("sku-42")
                .setSource("直通车")
                .setCampaignId(null)
                .setClicks(1)
                .setCostMicros(1_250_000)
                .setLandings(1)
                .setVisits(3)
                .setVisitors(2)
                .setPayments(1)
                .setBuyers(1)
                .setUnits(2)
                .setRevenueMicros(99_000_000)
                .setHaloPayments(0)
                .setHaloRevenueMicros(0)
                .setRevision(4)
                .setFinal$(true)
                .setWatermark(TIME)
                .build();
    }

    static SpecificRecord random(Random random) {
        Instant time = Instant.ofEpochMilli(random.nextLong() >> random.nextInt(64));
        return switch (random.nextInt(4)) {
            case 0 ->
                new Click(
                        text(random), text(random), text(random), text(random), maybe(random), random.nextLong(), time);
            case 1 ->
                new Visit(text(random), text(random), text(random), maybe(random), maybe(random), maybe(random), time);
            case 2 ->
                new Payment(
                        text(random),
                        text(random),
                        text(random),
                        text(random),
                        random.nextLong(),
                        random.nextLong(),
                        time);
            default ->
                WindowResult.newBuilder(window())
                        .setWindowStart(time)
                        .setRevision(random.nextLong())
                        .setCampaignId(maybe(random))
                        .setWatermark(random.nextBoolean() ? null : time)
                        .build();
        };
    }

    static String topicOf(SpecificRecord record) {
        return byTopic().entrySet().stream()
                .filter(entry -> entry.getValue().getClass() == record.getClass())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static String maybe(Random random) {
        return random.nextBoolean() ? null : text(random);
    }

    private static String text(Random random) {
        List<String> pieces = List.of("a", "Z", "9", " ", "é", "访", "\uD83D\uDED2", "\u0000", "\"");
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }
}
