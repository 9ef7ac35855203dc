/** What {@code /metrics} shows: figures, facts, the pipeline's state, the JVM and Kafka Streams. */
@NullMarked
package io.weir.app.metrics;

import org.jspecify.annotations.NullMarked;
