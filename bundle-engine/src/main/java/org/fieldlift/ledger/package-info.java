/// The append-only signed record of what happened, and the state that follows from it. The only
/// package that knows JDBC. May know `io` only.
@NullMarked
package org.fieldlift.ledger;

import org.jspecify.annotations.NullMarked;
