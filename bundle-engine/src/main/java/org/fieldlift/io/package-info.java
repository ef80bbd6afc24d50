/// Ground floor: digests, limits, atomic files, JSON and YAML, file trees, progress, cancellation.
/// Everybody may know it; it knows nobody.
@NullMarked
package org.fieldlift.io;

import org.jspecify.annotations.NullMarked;
