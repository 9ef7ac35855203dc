/** What the engines that run Weir's domain core share: records as they came, journeys as state, sums by window. */
@NullMarked
package io.weir.bench.core;

import org.jspecify.annotations.NullMarked;
