package org.fieldlift.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.archive.Tree;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.release.Release;

/// A bundle with all it needs, as it is to be packed. Close it when it is packed.
///
/// @param tree the bundle, with its caches grafted in
/// @param images and downloads, as `release.json` lists them
/// @param warnings sentences about what people should know before it goes onto a drive
/// @param scratch what was made for this export only
public record Gathered(
    Tree tree,
    List<Release.Image> images,
    List<Release.Download> downloads,
    List<String> warnings,
    Path scratch)
    implements AutoCloseable {

  public Gathered {
    images = List.copyOf(images);
    downloads = List.copyOf(downloads);
    warnings = List.copyOf(warnings);
  }

  @Override
  public void close() throws IOException {
    FolderFiles.delete(scratch);
  }
}
