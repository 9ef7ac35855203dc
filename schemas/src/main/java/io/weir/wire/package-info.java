/** The wire format of every topic: Confluent's framing of Avro binary, and the client of the schema registry behind it. */
@NullMarked
package io.weir.wire;

import org.jspecify.annotations.NullMarked;
