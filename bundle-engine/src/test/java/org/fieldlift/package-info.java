@NullMarked
package org.fieldlift;

import org.jspecify.annotations.NullMarked;
