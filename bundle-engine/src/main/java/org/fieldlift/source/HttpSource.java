package org.fieldlift.source;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.fieldlift.http.HttpSite;
import org.fieldlift.http.PartialFile;
import org.fieldlift.http.ShownAddress;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.FormFiles;
import org.fieldlift.release.Release;
import org.fieldlift.release.ReleaseForms;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.release.StoredRelease;
import org.fieldlift.store.ReleaseStore;
import org.jspecify.annotations.Nullable;

/// A web server with an `index.json`, which may be nothing more than a folder of files.
final class HttpSource implements Source {
  private final String name;
  private final HttpSite site;

  HttpSource(String name, HttpSite site) {
    this.name = name;
    this.site = site;
  }

  static HttpSource at(String name, URI base) {
    return new HttpSource(name, HttpSite.at(base));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String location() {
    return site.base().toString();
  }

  @Override
  public List<Offer> look(Cancellation cancellation) throws IOException {
    byte[] json = site.required(ReleaseIndex.FILE, ReleaseIndex.LARGEST_JSON, cancellation);
    return ReleaseIndex.parse(json).offers();
  }

  @Override
  public SignedRelease head(Offer offer, Cancellation cancellation) throws IOException {
    SignedRelease signed =
        isSingle(offer)
            ? site.begin(offer.path(), ReleaseForms::head, cancellation)
            : directoryHead(offer.path() + "/", cancellation);
    if (signed.id().equals(offer.id())) return signed;
    throw Problem.failed(
        "%s at %s is not the release its list says."
            .formatted(PlainText.of(offer.path()), ShownAddress.of(site.base())),
        "Look for new releases, then try again; if it stays so, tell whoever runs the server.");
  }

  private SignedRelease directoryHead(String folder, Cancellation cancellation) throws IOException {
    byte[] json = site.required(folder + FormFiles.RELEASE, Release.LARGEST_JSON, cancellation);
    byte @Nullable [] signature =
        site.optional(folder + FormFiles.SIGNATURE, FormFiles.LARGEST_SIGNATURE, cancellation)
            .orElse(null);
    return SignedRelease.of(json, signature);
  }

  /// What was resumed may have been torn here, by a power cut: then a single file is fetched anew
  /// before the server is blamed. Only what is wrong is thrown away, not what had no room.
  @Override
  public StoredRelease fetch(
      Offer offer,
      SignedRelease judged,
      ReleaseStore store,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    if (!isSingle(offer)) {
      String folder = offer.path() + "/";
      return store.admit(
          HttpParts.open(site, folder, judged, store, progress, cancellation),
          judged,
          progress,
          cancellation);
    }
    PartialFile partial = new PartialFile(store.partial(judged));
    boolean isResumed = partial.size() > 0;
    long expected = progress.total();
    long done = progress.done();
    HttpSingle single =
        new HttpSingle(site, offer.path(), offer.size(), judged, store, progress, cancellation);
    StoredRelease stored;
    try {
      stored = store.admit(single, judged, progress, cancellation);
    } catch (Problem wrong) {
      if (wrong.kind() != Problem.Kind.NOT_GENUINE) throw wrong;
      partial.delete();
      if (!isResumed) throw wrong;
      progress.expect(expected - progress.total());
      progress.advance(done - progress.done());
      return fetch(offer, judged, store, progress, cancellation);
    }
    partial.delete();
    return stored;
  }

  private static boolean isSingle(Offer offer) {
    return offer.path().endsWith(FormFiles.SINGLE);
  }
}
