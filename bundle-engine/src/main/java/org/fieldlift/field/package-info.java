/// What runs at the device: import of a release into Forklift's stage store and its images into
/// Docker, and the way back to a workspace. May know `release`, `archive`, `trust`, `forklift`,
/// `oci` and `io`.
@NullMarked
package org.fieldlift.field;

import org.jspecify.annotations.NullMarked;
