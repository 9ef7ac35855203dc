/** Generated shop traffic: seeded, reproducible, in event-time order; for the demo, for tests and for benchmarks. */
@NullMarked
package io.weir.app.demo;

import org.jspecify.annotations.NullMarked;
