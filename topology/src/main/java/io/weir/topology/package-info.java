/**
 * The two processors, their stores, nodes and topics.
 *
 * <p>Start at {@link io.weir.topology.WeirTopology}. {@link io.weir.topology.JourneysProcessor} turns one partition's
 * events into that partition's window totals, {@link io.weir.topology.TotalsProcessor} adds the partitions up.
 */
@NullMarked
package io.weir.topology;

import org.jspecify.annotations.NullMarked;
