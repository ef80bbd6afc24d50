package org.fieldlift.fat32;

import org.fieldlift.io.Content;

/// A file to be laid out on a volume.
///
/// @param path `/` between names; folders are made as needed
public record VolumeFile(String path, Content content) {}
