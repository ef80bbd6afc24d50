/// Releases: the signed description, the forms a release comes in, the station's store, sources,
/// fetching. May know `archive`, `trust`, `forklift` and `io`.
@NullMarked
package org.fieldlift.release;

import org.jspecify.annotations.NullMarked;
