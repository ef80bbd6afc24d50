/// Forklift's own files, read and written exactly: stage store, bundle manifest, workspace and its
/// caches. May know `io` only; the rooms within stand on it.
@NullMarked
package org.fieldlift.forklift;

import org.jspecify.annotations.NullMarked;
