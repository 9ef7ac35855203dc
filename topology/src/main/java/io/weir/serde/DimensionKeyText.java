package io.weir.serde;

import io.weir.domain.DimensionKey;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka key of a dimension key: its label and parts with {@code |} between them, in UTF-8, for example {@code
 * product_source|mug|search}. A {@code |} or a backslash inside a part has a backslash before it, so different keys
 * never look alike.
 */
public final class DimensionKeyText {
    private DimensionKeyText() {}

    public static byte[] toBytes(DimensionKey key) {
        StringBuilder text = new StringBuilder(key.dimension().label());
        append(text, key.productId());
        append(text, key.source());
        append(text, key.campaignId());
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder text, @Nullable String part) {
        if (part != null) {
            text.append('|').append(part.replace("\\", "\\\\").replace("|", "\\|"));
        }
    }
}
