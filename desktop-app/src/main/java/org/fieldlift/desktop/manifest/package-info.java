/// The page that answers which devices have which release.
@NullMarked
package org.fieldlift.desktop.manifest;

import org.jspecify.annotations.NullMarked;
