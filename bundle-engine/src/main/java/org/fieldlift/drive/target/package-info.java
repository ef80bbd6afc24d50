/// What a drive is to whoever writes it: where its bytes go, how it refuses, what is known of it.
/// The floor that `drive` and `drive.linux` both stand on; knows neither.
@NullMarked
package org.fieldlift.drive.target;

import org.jspecify.annotations.NullMarked;
