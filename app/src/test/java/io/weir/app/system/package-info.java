/** The whole program, as its users meet it: real processes, a real broker, real files. */
package io.weir.app.system;
