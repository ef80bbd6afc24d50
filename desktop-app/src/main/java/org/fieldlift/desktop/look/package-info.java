/// The look all pages share: fonts, themes, icons, chips, bars, sheets. Knows no page.
@NullMarked
package org.fieldlift.desktop.look;

import org.jspecify.annotations.NullMarked;
