package org.fieldlift.engine;

import java.io.IOException;
import java.util.List;

/// Where releases come from.
public interface SourceDesk {
  /// @param location a folder's path or an http(s) URL
  record Source(String name, String location) {}

  List<Source> list() throws IOException;

  Source add(String name, String location) throws IOException;

  /// @return false when there was none of that name
  boolean remove(String name) throws IOException;
}
