/**
 * Coverage-guided fuzzing of what reads bytes and texts from outside. In an ordinary build each target takes its seeds
 * only; the long dose lets it look for more, and CONTRIBUTING.md says how else to.
 */
package io.weir.app.fuzz;
