/// Black-box tests: the program as a user has it, held against real parts.
@NullMarked
package org.fieldlift.acceptance;

import org.jspecify.annotations.NullMarked;
