/// What people read: sentences in their language, numbers and dates as they write them.
@NullMarked
package org.fieldlift.desktop.words;

import org.jspecify.annotations.NullMarked;
