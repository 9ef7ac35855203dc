/**
 * Faults put upon running instances: killed, stopped, cut off, their broker restarted, their disk full. Whatever happens,
 * every window must equal the batch computation and every record must be accounted for.
 */
@NullMarked
package io.weir.app.faults;

import org.jspecify.annotations.NullMarked;
