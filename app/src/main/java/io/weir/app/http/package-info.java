/** How people and monitoring get at Weir: the server, who may ask, which path shows what, the page's files. */
@NullMarked
package io.weir.app.http;

import org.jspecify.annotations.NullMarked;
