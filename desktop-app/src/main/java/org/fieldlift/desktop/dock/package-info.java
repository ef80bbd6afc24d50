/// The drive dock: a tile for each drive, always in the same place.
@NullMarked
package org.fieldlift.desktop.dock;

import org.jspecify.annotations.NullMarked;
