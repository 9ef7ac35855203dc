/** Alerts that Weir evaluates by itself: what has changed that someone should know of now, with the reason. */
@NullMarked
package io.weir.app.alerts;

import org.jspecify.annotations.NullMarked;
