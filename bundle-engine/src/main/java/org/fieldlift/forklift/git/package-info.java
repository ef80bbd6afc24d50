/// The program `git`: repositories of strangers looked at without letting them run anything,
/// mirrors as git bundle files, settings. Stands on `forklift`.
@NullMarked
package org.fieldlift.forklift.git;

import org.jspecify.annotations.NullMarked;
