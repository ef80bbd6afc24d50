/// A Docker daemon, spoken to over its socket. May know `oci` and `io`.
@NullMarked
package org.fieldlift.oci.docker;

import org.jspecify.annotations.NullMarked;
