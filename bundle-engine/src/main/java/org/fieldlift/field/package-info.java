/// What runs at the device: import of a release into Forklift's stage store. May know `release`,
/// `archive`, `trust`, `forklift` and `io`.
@NullMarked
package org.fieldlift.field;

import org.jspecify.annotations.NullMarked;
