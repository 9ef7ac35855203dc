/** What people and monitoring see: the board of current figures, the page, the JSON API, health and metrics. */
@NullMarked
package io.weir.app.http;

import org.jspecify.annotations.NullMarked;
