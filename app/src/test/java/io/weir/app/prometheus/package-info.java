/** Checks on the rules in {@code prometheus/}: Prometheus' own, and what this project promises of each alert. */
package io.weir.app.prometheus;
