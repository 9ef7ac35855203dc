/**
 * Coverage-guided fuzzing of what reads bytes and texts from outside. In an ordinary build each target takes its seeds
 * only; CONTRIBUTING.md says how to let it look for more.
 */
package io.weir.app.fuzz;
