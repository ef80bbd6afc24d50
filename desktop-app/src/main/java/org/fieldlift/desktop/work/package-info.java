/// Long work away from the window, and what came of it. Knows no screen.
@NullMarked
package org.fieldlift.desktop.work;

import org.jspecify.annotations.NullMarked;
