/// The page of rules: who may sign what.
@NullMarked
package org.fieldlift.desktop.trust;

import org.jspecify.annotations.NullMarked;
