package io.weir.app.refused;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which refused records are shown.
 *
 * @param reason the only one; null for all
 * @param partition the only one; null for all
 * @param fromOffset the first offset of each partition
 * @param limit how many at most
 * @param reveal whether visitors who go by pseudonyms are shown by their ids
 */
public record Shown(@Nullable String reason, @Nullable Integer partition, long fromOffset, long limit, boolean reveal) {

    /** Gives each, as JSON, to {@code out}; answers how many. */
    public long each(RefusedTopic topic, Consumer<ObjectNode> out) {
        RefusedView view = new RefusedView(topic.config(), reveal);
        List<TopicPartition> from = topic.partitions().stream()
                .filter(each -> partition == null || partition == each.partition())
                .toList();
        long[] shown = {0};
        topic.read(from, fromOffset, batch -> {
            for (RefusedRecord refused : batch) {
                if (shown[0] < limit && (reason == null || reason.equals(refused.reason()))) {
                    out.accept(view.of(refused));
                    shown[0]++;
                }
            }
            return shown[0] < limit;
        });
        return shown[0];
    }

    /** The same as some lines for people. */
    public static String text(ObjectNode refused) {
        return RefusedText.of(refused);
    }
}
