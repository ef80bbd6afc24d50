/// FAT32 as a pure function from offset to bytes, and a reader for what others wrote. May know `io`
/// only.
@NullMarked
package org.fieldlift.fat32;

import org.jspecify.annotations.NullMarked;
