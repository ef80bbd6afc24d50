/// Drives of this machine: virtual drives, capacity, lanes that write, read back and finish with
/// sector 0. May know `io`; stands on `drive.linux` and `drive.target`.
@NullMarked
package org.fieldlift.drive;

import org.jspecify.annotations.NullMarked;
