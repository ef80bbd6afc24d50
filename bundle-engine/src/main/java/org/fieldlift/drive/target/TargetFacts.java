package org.fieldlift.drive.target;

import java.nio.file.Path;

/// What can be known of a drive without opening it for writing.
///
/// @param size bytes
/// @param model for people; "Virtual drive" for files
/// @param refusal why it can never be written, in one sentence; empty when it can
public record TargetFacts(
    Path path, boolean isVirtual, long size, int sectorSize, String model, String refusal) {}
