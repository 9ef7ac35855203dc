/** Late events and dead letters after the fact: counted, shown, and sent back after a fix. */
@NullMarked
package io.weir.app.refused;

import org.jspecify.annotations.NullMarked;
