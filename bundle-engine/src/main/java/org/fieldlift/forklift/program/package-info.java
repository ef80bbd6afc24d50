/// The program `forklift`, which stages a pallet in a workspace made for that alone. Stands on
/// `forklift` and `forklift.secrets`.
@NullMarked
package org.fieldlift.forklift.program;

import org.jspecify.annotations.NullMarked;
