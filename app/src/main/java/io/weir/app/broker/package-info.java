/** A real single-node Kafka broker, for the demo, for replays and for tests. */
@NullMarked
package io.weir.app.broker;

import org.jspecify.annotations.NullMarked;
