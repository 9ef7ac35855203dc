/** What a replay leaves behind: {@code windows.csv}, {@code summary.json} and the report for people. */
@NullMarked
package io.weir.app.replay.results;

import org.jspecify.annotations.NullMarked;
