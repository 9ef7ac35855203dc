/** The two processors, their stores, nodes and topics. */
@NullMarked
package io.weir.topology;

import org.jspecify.annotations.NullMarked;
