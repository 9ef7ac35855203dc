/** Files of past events: how they are opened, split into rows, and understood as events. */
@NullMarked
package io.weir.app.replay.input;

import org.jspecify.annotations.NullMarked;
