/** Races engines that do Weir's job on the same records of the same broker; see {@link io.weir.bench.Bench}. */
@NullMarked
package io.weir.bench;

import org.jspecify.annotations.NullMarked;
