/**
 * What every number means: events, journeys, attribution, windows and measures.
 *
 * <p>Pure: no Kafka, no Avro, no clock, no I/O. An event goes in, signed contributions come out, so everything here can
 * be tested by permutation, raced in a benchmark and run in another engine.
 */
@NullMarked
package io.weir.domain;

import org.jspecify.annotations.NullMarked;
