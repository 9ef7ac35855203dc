/** Runs the topology against a Kafka cluster: topics, clients, threads, and how far it has come. */
@NullMarked
package io.weir.app.pipeline;

import org.jspecify.annotations.NullMarked;
