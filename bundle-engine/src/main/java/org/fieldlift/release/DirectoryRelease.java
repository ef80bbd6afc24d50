package org.fieldlift.release;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.fieldlift.archive.Part;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;
import org.fieldlift.io.FileTree;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The directory form: `release.json`, its signature, `parts.json`, `SHA256SUMS` and `parts/`.
final class DirectoryRelease extends ListedRelease {
  private final FileTree tree;
  private final List<Part> parts;

  private DirectoryRelease(FileTree tree, SignedRelease signed, List<Part> parts) {
    super(signed);
    this.tree = tree;
    this.parts = parts;
  }

  static boolean isOne(FileTree tree) throws IOException {
    return tree.file(FormFiles.RELEASE).isPresent();
  }

  static DirectoryRelease open(FileTree tree) throws IOException {
    SignedRelease signed = FormFiles.signed(tree, "");
    byte[] list = FormFiles.required(tree, FormFiles.PARTS, PartList.LARGEST_JSON);
    return new DirectoryRelease(tree, signed, PartList.parse(list).of(signed).parts());
  }

  @Override
  public String where() {
    return tree.name();
  }

  @Override
  public List<Part> parts() {
    return parts;
  }

  @Override
  protected Content part(int place) throws IOException {
    Part part = parts.get(place);
    Optional<Content> content = tree.file(FormFiles.part(part));
    if (content.isEmpty()) throw problem(place, "is missing");
    if (content.get().size() != part.size()) throw problem(place, "is cut off or too long");
    return content.get();
  }

  @Override
  protected IOException blame(int place, IOException cause) {
    try {
      if (Digests.of(part(place)).equals(parts.get(place).sha256())) return cause;
      return problem(place, "is damaged");
    } catch (IOException unreadable) {
      return unreadable instanceof Problem ? unreadable : problem(place, "cannot be read");
    }
  }

  private Problem problem(int place, String what) {
    Digest digest = parts.get(place).sha256();
    return Problem.notGenuine(
        "Part %d of %d (%s…) in %s %s."
            .formatted(place + 1, parts.size(), digest.brief(), PlainText.of(tree.name()), what),
        "Get this part again; the others may be right.");
  }
}
