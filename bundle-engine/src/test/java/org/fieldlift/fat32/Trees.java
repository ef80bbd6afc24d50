package org.fieldlift.fat32;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fieldlift.io.Content;
import org.fieldlift.io.FileTree;

/// Walks whole trees.
final class Trees {
  private Trees() {}

  /// Every file of a tree by its path.
  static Map<String, Content> files(FileTree tree) throws IOException {
    Map<String, Content> files = new LinkedHashMap<>();
    gather(tree, "", files);
    return files;
  }

  private static void gather(FileTree tree, String folder, Map<String, Content> files)
      throws IOException {
    for (FileTree.Child child : tree.list(folder)) {
      String path = folder.isEmpty() ? child.name() : folder + "/" + child.name();
      if (child.isFolder()) gather(tree, path, files);
      else files.put(path, tree.file(path).orElseThrow());
    }
  }
}
