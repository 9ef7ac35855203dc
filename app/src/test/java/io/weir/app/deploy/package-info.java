/** Judges what Weir is deployed with: the image, and the file for Docker Compose. */
package io.weir.app.deploy;
