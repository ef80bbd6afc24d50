package org.fieldlift.release;

import static org.fieldlift.fuzz.ForeignReader.requireSame;

import java.io.ByteArrayInputStream;
import java.util.Map;
import org.fieldlift.archive.RawStream;
import org.fieldlift.fuzz.ForeignReader;

/// The readers of what a release or a drive says of itself. What was read is written and read
/// again: it must be the same, or two readers would understand two things.
public final class ReleaseReaders {
  private ReleaseReaders() {}

  public static Map<String, ForeignReader> all() {
    return Map.of(
        "release-json",
        bytes -> {
          Release release = Release.parse(bytes);
          requireSame(release, Release.parse(release.toJson()));
        },
        "parts-json",
        bytes -> {
          PartList parts = PartList.parse(bytes);
          requireSame(parts, PartList.parse(parts.toJson()));
        },
        "drive-json",
        bytes -> {
          DriveManifest drive = DriveManifest.parse(bytes);
          requireSame(drive, DriveManifest.parse(drive.toJson()));
        },
        "single-head",
        bytes -> SingleHead.read(RawStream.of(new ByteArrayInputStream(bytes))));
  }
}
