/// What must not go onto a drive unseen: credentials and tokens in addresses, and what of a clone's
/// settings may not travel. Stands on `forklift` and `forklift.git`.
@NullMarked
package org.fieldlift.forklift.secrets;

import org.jspecify.annotations.NullMarked;
