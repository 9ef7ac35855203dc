/** How much of a test is run: something with every build, and more with {@code ./weir test --long}. */
package io.weir.dose;
