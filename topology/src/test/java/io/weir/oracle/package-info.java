/**
 * The batch oracle: what the pipeline's figures must be, computed a second time by other means.
 *
 * <p>{@link io.weir.oracle.BatchOracle} sees all events at once and asks DuckDB; {@link io.weir.oracle.BruteForce}
 * reads the semantics line by line, slowly, and keeps the SQL honest. Neither shares the pipeline's journey,
 * attribution or windowing code. {@link io.weir.oracle.RandomCases} makes the awkward traffic on which all must agree.
 */
package io.weir.oracle;
