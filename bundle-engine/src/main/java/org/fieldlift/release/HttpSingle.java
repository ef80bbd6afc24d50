package org.fieldlift.release;

import java.io.IOException;
import java.net.URI;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;

/// A single file on a web server: downloaded whole, resumed when it broke off, then read like any
/// single file.
record HttpSingle(
    HttpSite site,
    String path,
    long offeredSize,
    SignedRelease signed,
    StoreFolders store,
    Progress progress,
    Cancellation cancellation)
    implements OpenRelease {

  @Override
  public String where() {
    return PlainText.of(site.base() + path);
  }

  @Override
  public long archiveSize() {
    return offeredSize;
  }

  @Override
  public void walk(PartVisitor visitor) throws IOException {
    PartialFile partial = new PartialFile(store.singlePartial(signed.id()));
    URI uri = site.at(path);
    Progress fetching = progress.part("Fetching");
    fetching.expect(Math.max(0, wholeSize() - partial.size()));
    Download.upTo(wholeSize(), site.http(), site.patience(), partial, uri)
        .run(fetching, cancellation);
    try {
      SingleFileRelease file = SingleFileRelease.open(partial.path());
      if (!file.signed().id().equals(signed.id())) throw changed();
      file.walk(visitor);
    } catch (Cancellation.Cancelled stop) {
      throw stop;
    } catch (Problem wrong) {
      partial.delete();
      throw wrong;
    }
  }

  @Override
  public void close() throws IOException {}

  /// The most bytes the file can have when the source told the truth.
  private long wholeSize() {
    return SingleHead.size(signed.json().length) + offeredSize;
  }

  private Problem changed() {
    return Problem.failed(
        where() + " is not the release it was when it was listed.",
        "Look for new releases, then try again.");
  }
}
