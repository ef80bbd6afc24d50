package org.fieldlift.source;

import static org.fieldlift.fuzz.ForeignReader.requireSame;

import java.util.Map;
import org.fieldlift.fuzz.ForeignReader;

/// The reader of what a source says it has.
public final class SourceReaders {
  private SourceReaders() {}

  public static Map<String, ForeignReader> all() {
    return Map.of(
        "index-json",
        bytes -> {
          ReleaseIndex index = ReleaseIndex.parse(bytes);
          requireSame(index, ReleaseIndex.parse(index.toJson()));
        });
  }
}
