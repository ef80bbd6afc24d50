/// What holds every reader of foreign bytes to its contract: the fuzzer and the replay of what it
/// found.
@NullMarked
package org.fieldlift.fuzz;

import org.jspecify.annotations.NullMarked;
