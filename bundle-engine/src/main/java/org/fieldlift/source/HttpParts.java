package org.fieldlift.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fieldlift.archive.Part;
import org.fieldlift.http.HttpSite;
import org.fieldlift.http.PartialFile;
import org.fieldlift.http.ShownAddress;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.FormFiles;
import org.fieldlift.release.ListedRelease;
import org.fieldlift.release.PartList;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.store.Arrival;
import org.fieldlift.store.ReleaseStore;

/// A directory form on a web server, read into the store: parts that are here already are read
/// here, the others are downloaded, each until its digest is right.
final class HttpParts extends ListedRelease implements Arrival {
  /// How often a part may arrive whole and be wrong, before the server is given up.
  private static final int MOST_SPOILED = 2;

  private final HttpSite site;
  private final String folder;
  private final ReleaseStore store;
  private final List<Part> parts;
  private final Progress fetching;
  private final Cancellation cancellation;

  private HttpParts(
      HttpSite site,
      String folder,
      SignedRelease judged,
      ReleaseStore store,
      List<Part> parts,
      Progress fetching,
      Cancellation cancellation) {
    super(judged);
    this.site = site;
    this.folder = folder;
    this.store = store;
    this.parts = parts;
    this.fetching = fetching;
    this.cancellation = cancellation;
  }

  static HttpParts open(
      HttpSite site,
      String folder,
      SignedRelease judged,
      ReleaseStore store,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    byte[] json = site.required(folder + FormFiles.PARTS, PartList.LARGEST_JSON, cancellation);
    List<Part> parts = PartList.parse(json).of(judged).parts();
    Progress fetching = progress.part("Fetching");
    for (Part part : parts) fetching.expect(lacking(store, part));
    return new HttpParts(site, folder, judged, store, parts, fetching, cancellation);
  }

  @Override
  public String where() {
    return ShownAddress.of(site.base()) + PlainText.of(folder);
  }

  @Override
  public long missing() throws IOException {
    long missing = 0;
    for (Part part : parts) missing += lacking(store, part);
    return missing;
  }

  @Override
  public List<Part> parts() {
    return parts;
  }

  @Override
  protected Content part(int place) throws IOException {
    Part part = parts.get(place);
    Optional<Content> here = store.part(part);
    if (here.isPresent()) return here.get();
    fetching.step("Part %d of %d".formatted(place + 1, parts.size()));
    PartialFile partial = new PartialFile(store.partial(part));
    for (int spoiled = 0; spoiled < MOST_SPOILED; spoiled++) {
      site.bring(folder + FormFiles.part(part), part.size(), partial, fetching, cancellation);
      if (Digest.of(partial.path()).equals(part.sha256())) {
        partial.forgetTag();
        return Content.of(partial.path(), part.size());
      }
      fetching.advance(-part.size());
      partial.delete();
    }
    throw Problem.notGenuine(
        "Part %d of %d at %s is not what parts.json says."
            .formatted(place + 1, parts.size(), where()),
        "The server's copy is damaged; tell whoever runs it. What was right is kept.");
  }

  @Override
  public Optional<Path> arrived(Part part) {
    Path partial = store.partial(part);
    return Files.exists(partial) ? Optional.of(partial) : Optional.empty();
  }

  /// A part that was refused must not be there for the next try, wherever it came from.
  @Override
  protected IOException blame(int place, IOException cause) {
    Part part = parts.get(place);
    if (!(cause instanceof Problem)) return cause;
    try {
      new PartialFile(store.partial(part)).delete();
      if (!store.removeDamaged(part)) return cause;
      return Problem.failed(
          "Part %s… in the store was damaged and has been removed."
              .formatted(part.sha256().brief()),
          "Fetch this release again; only that part is missing.");
    } catch (IOException unreadable) {
      cause.addSuppressed(unreadable);
      return cause;
    }
  }

  private static long lacking(ReleaseStore store, Part part) throws IOException {
    if (store.part(part).isPresent()) return 0;
    return Math.max(0, part.size() - new PartialFile(store.partial(part)).size());
  }
}
