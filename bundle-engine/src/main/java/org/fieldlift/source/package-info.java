/// Places releases come from: folders and web servers, what they offer, and how it gets into the
/// store. [SourceList] is the door. May know `store`, `release`, `archive`, `http` and `io`.
@NullMarked
package org.fieldlift.source;

import org.jspecify.annotations.NullMarked;
