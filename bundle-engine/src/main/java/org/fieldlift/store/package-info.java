/// The station's releases: parts by their digest, shared between releases, every byte proven before
/// it counts. [ReleaseStore] is the door. May know `release`, `archive` and `io`.
@NullMarked
package org.fieldlift.store;

import org.jspecify.annotations.NullMarked;
