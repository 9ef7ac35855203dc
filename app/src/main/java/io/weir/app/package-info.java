/** The application around the topologies: what runs them and what shows their figures. */
@NullMarked
package io.weir.app;

import org.jspecify.annotations.NullMarked;
