/// Images into a Docker daemon that has no network, so that it finds them by exactly the words of a
/// compose file. May know `oci` and `io`.
@NullMarked
package org.fieldlift.oci.docker;

import org.jspecify.annotations.NullMarked;
