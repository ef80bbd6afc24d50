/// The local pallet and the workspace's caches: taken along as they are, brought back without harm
/// to what is there. Stands on `forklift`, `forklift.git` and `forklift.secrets`.
@NullMarked
package org.fieldlift.forklift.pallet;

import org.jspecify.annotations.NullMarked;
