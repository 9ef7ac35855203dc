/** The job in the Kafka Streams DSL, as people write it. */
@NullMarked
package io.weir.bench.streams;

import org.jspecify.annotations.NullMarked;
