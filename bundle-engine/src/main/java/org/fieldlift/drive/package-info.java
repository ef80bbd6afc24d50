/// Drives of this machine: block targets, safety, lanes that write, read back and finish with
/// sector 0. May know `io` only.
@NullMarked
package org.fieldlift.drive;

import org.jspecify.annotations.NullMarked;
