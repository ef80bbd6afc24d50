package org.fieldlift.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.fieldlift.archive.Part;
import org.fieldlift.http.HttpSite;
import org.fieldlift.http.PartialFile;
import org.fieldlift.http.ShownAddress;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.ReleaseForms;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.store.Arrival;
import org.fieldlift.store.ReleaseStore;

/// A single file on a web server: downloaded whole, resumed when it broke off, then read like any
/// single file.
record HttpSingle(
    HttpSite site,
    String path,
    long offeredSize,
    SignedRelease signed,
    ReleaseStore store,
    Progress progress,
    Cancellation cancellation)
    implements Arrival {

  @Override
  public String where() {
    return ShownAddress.of(site.base()) + PlainText.of(path);
  }

  @Override
  public long archiveSize() {
    return offeredSize;
  }

  /// For a while it lies here twice: as it came, and as parts.
  @Override
  public long missing() throws IOException {
    return offeredSize + Math.max(0, wholeSize() - new PartialFile(store.partial(signed)).size());
  }

  @Override
  public Optional<Path> arrived(Part part) {
    return Optional.empty();
  }

  @Override
  public void walk(PartVisitor visitor) throws IOException {
    PartialFile partial = new PartialFile(store.partial(signed));
    Progress fetching = progress.part("Fetching");
    fetching.expect(Math.max(0, wholeSize() - partial.size()));
    site.bringAtMost(path, wholeSize(), partial, fetching, cancellation);
    try (OpenRelease file = ReleaseForms.open(partial.path())) {
      if (!file.signed().id().equals(signed.id())) throw changed();
      file.walk(visitor);
    }
  }

  @Override
  public void close() throws IOException {}

  /// The most bytes the file can have when the source told the truth.
  private long wholeSize() {
    return ReleaseForms.singleSize(signed, offeredSize);
  }

  /// The head that was judged does not stand at the beginning of what came.
  private Problem changed() {
    return Problem.notGenuine(
        where() + " is not the release it was when it was listed.",
        "Look for new releases, then try again.");
  }
}
