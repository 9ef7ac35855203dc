/** The configuration keys, and where their values come from. */
@NullMarked
package io.weir.app.config;

import org.jspecify.annotations.NullMarked;
