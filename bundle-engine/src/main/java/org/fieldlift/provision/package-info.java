/// From releases to drives: plan, lay out, write, read back, show. May know `release`, `archive`,
/// `drive`, `fat32`, `ledger`, `trust` and `io`.
@NullMarked
package org.fieldlift.provision;

import org.jspecify.annotations.NullMarked;
