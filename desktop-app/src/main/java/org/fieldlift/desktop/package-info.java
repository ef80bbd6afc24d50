/// Fieldlift for the desktop. The composition root lives here; each page has its own package. Knows
/// the engine and its values, never the command line.
@NullMarked
package org.fieldlift.desktop;

import org.jspecify.annotations.NullMarked;
