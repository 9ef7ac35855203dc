package io.weir.app.api;

import java.util.List;
import java.util.SortedSet;

/** The payments of one order among the journeys that one instance owns. */
record CreditPart(SortedSet<Integer> partitions, List<CreditLine> lines) implements Part {}
