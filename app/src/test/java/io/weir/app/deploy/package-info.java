/** Judges what Weir is deployed with: the image, the file for Docker Compose, and the resources for Kubernetes. */
package io.weir.app.deploy;
