package org.fieldlift.drive.target;

import java.nio.file.Path;

/// What can be known of a drive without opening it for writing.
///
/// @param size bytes
/// @param model for people; "Virtual drive" for files
/// @param key the same for every path to this drive, and for no other drive there is now
/// @param hardware what another drive under the same name does not share: maker, model, serial
///   number, port; empty for a virtual drive
/// @param refusal why it can never be written, in one sentence; empty when it can
/// @param next what to do about that, in one sentence; empty when it can be written
public record TargetFacts(
    Path path,
    Object key,
    boolean isVirtual,
    long size,
    int sectorSize,
    String model,
    String hardware,
    String refusal,
    String next) {}
