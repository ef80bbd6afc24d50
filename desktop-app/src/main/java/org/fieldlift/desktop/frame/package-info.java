/// The one window: sidebar, page, drive dock, status line. Knows every page; no page knows it.
@NullMarked
package org.fieldlift.desktop.frame;

import org.jspecify.annotations.NullMarked;
