/// Forklift's own files, read and written exactly: stage store, bundle manifest, workspace. May
/// know `io` only.
@NullMarked
package org.fieldlift.forklift;

import org.jspecify.annotations.NullMarked;
