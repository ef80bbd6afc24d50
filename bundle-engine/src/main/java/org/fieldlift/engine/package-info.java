/// The use cases both faces call, wired in one place. Knows everybody; nobody here knows it.
@NullMarked
package org.fieldlift.engine;

import org.jspecify.annotations.NullMarked;
