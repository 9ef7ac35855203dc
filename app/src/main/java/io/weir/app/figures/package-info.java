/** The figures shown now: on the heap, bounded, of the partitions that this instance owns. */
@NullMarked
package io.weir.app.figures;

import org.jspecify.annotations.NullMarked;
