/** What {@code /api/v1} answers, over all instances; how it gets to whoever asks is the concern of {@code http}. */
@NullMarked
package io.weir.app.api;

import org.jspecify.annotations.NullMarked;
