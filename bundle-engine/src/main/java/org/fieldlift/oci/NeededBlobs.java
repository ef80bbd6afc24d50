package org.fieldlift.oci;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The blobs that some image of a layout needs, also images that other programs put there. Whatever
/// cannot be read ends the search: a blob is only called needless when all is known.
final class NeededBlobs {
  private final ImageLayout layout;
  private final Set<Digest> needed = new HashSet<>();
  private final Set<Descriptor> seen = new HashSet<>();
  private final Deque<Descriptor> documents = new ArrayDeque<>();

  NeededBlobs(ImageLayout layout) {
    this.layout = layout;
  }

  Set<Digest> all() throws IOException {
    LayoutIndex index = layout.lines();
    for (LayoutIndex.Line line : index.others()) {
      follow(line.target().orElseThrow(this::unknown));
    }
    index.ours().forEach(named -> follow(named.target()));
    while (!documents.isEmpty()) read(documents.pop());
    return needed;
  }

  private void follow(Descriptor document) {
    needed.add(document.digest());
    if (seen.add(document)) documents.push(document);
  }

  /// Of an image for several platforms, those that are not here need nothing.
  private void read(Descriptor descriptor) throws IOException {
    if (layout.blob(descriptor.digest()).isEmpty()) return;
    String what = "An image in " + PlainText.of(layout.folder().toString());
    switch (Document.read(layout.document(descriptor), descriptor.mediaType(), what)) {
      case Document.Index index -> {
        // What is here under such a digest may need blobs that we would remove.
        if (!index.unknown().isEmpty() && layout.hasBlobsOfAnotherKind()) throw unknown();
        index.entries().forEach(entry -> follow(entry.manifest()));
      }
      case Document.Manifest manifest -> {
        needed.add(manifest.config().digest());
        manifest.layers().forEach(layer -> needed.add(layer.digest()));
      }
    }
  }

  private Problem unknown() {
    return Problem.failed(
        "It cannot be told what is needed in %s: an image there has digests that are not SHA-256."
            .formatted(PlainText.of(layout.folder().toString())),
        "Remove that image with the program that put it there; nothing was removed.");
  }
}
