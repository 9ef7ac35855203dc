/** Replay of past events: the order they are published in, the pace, and what is shown meanwhile. */
@NullMarked
package io.weir.app.replay;

import org.jspecify.annotations.NullMarked;
