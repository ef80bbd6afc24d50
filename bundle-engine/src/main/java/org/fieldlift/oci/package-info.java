/// Container images, copied exactly: references, registries, OCI image layouts. A byte of a
/// manifest that changed would be another image, so nothing here is ever written anew. May know
/// `http` and `io`.
@NullMarked
package org.fieldlift.oci;

import org.jspecify.annotations.NullMarked;
