/// Forklift's own files, read and written exactly: stage store, bundle manifest, workspace with its
/// caches, mirrors and local pallet. The programs `git` and `forklift` are called from here. May
/// know `io` only.
@NullMarked
package org.fieldlift.forklift;

import org.jspecify.annotations.NullMarked;
