/** A corpus of records that are wrong, or look it, each with what has to become of it. */
package io.weir.app.system.bad;
