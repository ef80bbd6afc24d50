/// Images into a Docker daemon that has no network, so that it finds them by exactly the words of a
/// compose file. May know `oci.docker`, its `loopback`, `oci` and `io`.
@NullMarked
package org.fieldlift.oci.docker.loading;

import org.jspecify.annotations.NullMarked;
