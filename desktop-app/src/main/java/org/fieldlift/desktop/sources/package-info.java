/// The page of places releases come from.
@NullMarked
package org.fieldlift.desktop.sources;

import org.jspecify.annotations.NullMarked;
