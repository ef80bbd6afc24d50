package org.fieldlift.archive;

/// A small file that stands at the head of a single-file archive.
///
/// @param name its path in the archive (`fieldlift/release.json`)
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record NamedBytes(String name, byte[] bytes) {}
