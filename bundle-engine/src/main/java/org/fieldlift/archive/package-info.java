/// The archive of a release: its entries, the parts they travel in, and the pieces parts are cut
/// to. Writes and checks in one pass. May know `io` only.
@NullMarked
package org.fieldlift.archive;

import org.jspecify.annotations.NullMarked;
