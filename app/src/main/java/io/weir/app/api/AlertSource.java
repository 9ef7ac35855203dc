package io.weir.app.api;

import java.util.List;

/** The alerts that this instance finds in the figures it owns. Thread-safe. */
@FunctionalInterface
public interface AlertSource {
    List<AlertLine> alerts();
}
