package org.fieldlift.store;

import java.io.IOException;
import java.nio.file.Path;
import org.fieldlift.archive.Part;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;
import org.fieldlift.io.DirectoryTree;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.FormFiles;
import org.fieldlift.release.PartList;
import org.fieldlift.release.Release;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.release.StoredRelease;

/// One folder below `releases/` of a store, found to be complete.
record StoredFolder(StoreFolders folders, SignedRelease signed, Release release, PartList parts)
    implements StoredRelease {

  /// Reads the folder and looks whether all parts are there.
  ///
  /// @throws Problem saying what is wrong with it: people edit, virus scanners quarantine
  static StoredFolder read(StoreFolders folders, Path folder) throws IOException {
    String name = folder.getFileName().toString();
    DirectoryTree tree = new DirectoryTree(folder);
    SignedRelease signed = FormFiles.signed(tree, "");
    if (!signed.id().hex().equals(name)) {
      throw fault(name, "its release.json was changed after it came in");
    }
    PartList parts = partList(folder, signed);
    for (Part part : parts.parts()) {
      if (!folders.holds(part)) {
        throw fault(name, "part " + part.sha256().brief() + "… is missing or damaged");
      }
    }
    return new StoredFolder(folders, signed, signed.release(), parts);
  }

  static PartList partList(Path folder, SignedRelease signed) throws IOException {
    byte[] json =
        FormFiles.required(new DirectoryTree(folder), FormFiles.PARTS, PartList.LARGEST_JSON);
    return PartList.parse(json).of(signed);
  }

  @Override
  public Content content(Part part) {
    return Content.of(folders.part(part.sha256()), part.size());
  }

  private static Problem fault(String name, String what) {
    String brief = Digest.looksLike(name) ? Digest.parse(name).brief() : PlainText.of(name);
    return Problem.failed(
        "Release %s in the store cannot be used: %s.".formatted(brief, what), "Fetch it again.");
  }
}
