/** The permissions that Weir needs on Kafka, derived from the topology and the settings. */
@NullMarked
package io.weir.app.acls;

import org.jspecify.annotations.NullMarked;
