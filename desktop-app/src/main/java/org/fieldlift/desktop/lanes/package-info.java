/// Drives being written: one lane each, and the whole job above them.
@NullMarked
package org.fieldlift.desktop.lanes;

import org.jspecify.annotations.NullMarked;
