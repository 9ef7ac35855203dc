/** Bytes in and out: events as domain values, and the formats of the state stores. */
@NullMarked
package io.weir.serde;

import org.jspecify.annotations.NullMarked;
