/** Weir's domain core on Flink's DataStream API, and the same tables in Flink SQL. */
@NullMarked
package io.weir.bench.flink;

import org.jspecify.annotations.NullMarked;
