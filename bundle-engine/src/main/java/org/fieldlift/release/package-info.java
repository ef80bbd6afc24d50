/// Releases: the signed description, the forms a release comes in, checking and packing them. May
/// know `archive`, `trust`, `forklift` and `io`.
@NullMarked
package org.fieldlift.release;

import org.jspecify.annotations.NullMarked;
