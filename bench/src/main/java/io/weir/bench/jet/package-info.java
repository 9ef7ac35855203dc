/** Weir's domain core on Hazelcast Jet. */
@NullMarked
package io.weir.bench.jet;

import org.jspecify.annotations.NullMarked;
