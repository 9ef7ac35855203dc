/** The command line: one class a command. */
@NullMarked
package io.weir.app.command;

import org.jspecify.annotations.NullMarked;
