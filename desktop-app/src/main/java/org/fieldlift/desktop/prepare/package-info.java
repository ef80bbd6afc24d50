/// The page that decides what goes onto which drives, before anything is written.
@NullMarked
package org.fieldlift.desktop.prepare;

import org.jspecify.annotations.NullMarked;
