/// A registry on this machine's loopback, which a daemon of the classic store pulls from as if it
/// were the real ones: for as long as that takes, and undone after a crash too. May know
/// `oci.docker`, `oci` and `io`.
@NullMarked
package org.fieldlift.oci.docker.loopback;

import org.jspecify.annotations.NullMarked;
