package org.fieldlift.archive;

import org.fieldlift.io.Digest;

/// One piece of a split archive: a complete gzip member that holds whole tar entries. It depends on
/// nothing but its content, so two releases that share a blob share the part.
///
/// @param sha256 digest of the compressed bytes, which is also the part's name
/// @param size compressed length in bytes
public record Part(Digest sha256, long size) {}
