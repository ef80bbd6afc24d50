/// The page of releases: what there is, whether it is genuine, and what changed.
@NullMarked
package org.fieldlift.desktop.releases;

import org.jspecify.annotations.NullMarked;
