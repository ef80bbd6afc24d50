package org.fieldlift.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.fieldlift.archive.Part;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.FileTree;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// The names and limits of the files a release is made of, the same in the directory form, on a
/// drive, in the store and on a web server.
public final class FormFiles {
  public static final String RELEASE = "release.json";
  public static final String SIGNATURE = "release.json.sigstore.json";
  public static final String PARTS = "parts.json";
  public static final String SUMS = "SHA256SUMS";
  public static final String PARTS_FOLDER = "parts/";
  public static final String SINGLE = ".tar.gz";

  /// Largest signature that is read, in bytes; real ones have 2 to 12 kB.
  public static final int LARGEST_SIGNATURE = 1 << 20;

  private FormFiles() {}

  /// Where a part lies.
  public static String part(Part part) {
    return PARTS_FOLDER + part.sha256().hex();
  }

  /// Reads `release.json` and, where there is one, its signature.
  ///
  /// @param folder with a `/` at its end, or empty
  public static SignedRelease signed(FileTree tree, String folder) throws IOException {
    byte[] json = required(tree, folder + RELEASE, Release.LARGEST_JSON);
    byte @Nullable [] signature = tree.bytes(folder + SIGNATURE, LARGEST_SIGNATURE).orElse(null);
    return SignedRelease.of(json, signature);
  }

  /// Writes `release.json` and, where there is one, its signature.
  public static void write(Path folder, SignedRelease signed) throws IOException {
    AtomicFiles.write(folder.resolve(RELEASE), signed.json());
    if (signed.signature() != null) {
      AtomicFiles.write(folder.resolve(SIGNATURE), signed.signature());
    }
  }

  /// A file without which there is no release.
  ///
  /// @throws Problem of kind NOT_GENUINE when it is missing
  public static byte[] required(FileTree tree, String path, int limit) throws IOException {
    return tree.bytes(path, limit)
        .orElseThrow(() ->
            Problem.notGenuine(
                PlainText.of(tree.name() + ": " + path) + " is missing.",
                "Get this release again from its source."));
  }

  /// `SHA256SUMS` for `sha256sum --check` in the folder itself: the parts in archive order, which
  /// is also the order to concatenate them, one line each (`<digest>`, two spaces,
  /// `parts/<digest>`).
  static byte[] sums(PartList list) {
    StringBuilder lines = new StringBuilder();
    for (Part part : list.parts()) {
      lines.append(part.sha256().hex()).append("  ").append(part(part)).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
