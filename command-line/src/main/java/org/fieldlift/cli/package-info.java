/// The command line: `fieldlift`. Calls the engine's face and maps what comes back to text, JSON
/// and exit codes; decides nothing itself.
@NullMarked
package org.fieldlift.cli;

import org.jspecify.annotations.NullMarked;
