/** Checks on the dashboards in {@code grafana/}: what dashboard-linter asks for, and what these boards promise. */
package io.weir.app.grafana;
