package org.fieldlift.source;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;
import org.fieldlift.release.Release;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.release.StoredRelease;
import org.fieldlift.store.ReleaseStore;

/// A place releases come from: a folder, or a web server with an `index.json`.
public interface Source {
  String name();

  /// A folder's path or an http(s) URL.
  String location();

  /// What the source says it has. Nothing in it is believed before the signature was judged.
  List<Offer> look(Cancellation cancellation) throws IOException;

  /// Sentences about what the last [#look] found damaged; empty when all was well.
  default List<String> faults() {
    return List.of();
  }

  /// Brings `release.json` and its signature.
  SignedRelease head(Offer offer, Cancellation cancellation) throws IOException;

  /// Brings the parts the store lacks, resuming what a broken fetch left, checking every byte on
  /// the way, and makes the release complete in the store.
  ///
  /// @param judged the release whose verdict was good; the source is not asked for it again
  StoredRelease fetch(
      Offer offer,
      SignedRelease judged,
      ReleaseStore store,
      Progress progress,
      Cancellation cancellation)
      throws IOException;

  /// One release a source offers.
  ///
  /// @param size of the archive in bytes, as the source says
  /// @param path of the directory form or single file, relative to the source
  record Offer(
      Digest id,
      String product,
      String label,
      String platform,
      long sequence,
      long size,
      Instant createdAt,
      String path) {

    /// What the offer says otherwise than the release that was signed, in words; empty when they
    /// agree. Stops a list nobody signed from deciding which release a name means.
    public String difference(Release signed) {
      List<String> different = new ArrayList<>();
      if (!product.equals(signed.product())) different.add("product is " + signed.product());
      if (!label.equals(signed.label())) different.add("version is " + signed.label());
      if (!platform.equals(signed.platform())) different.add("platform is " + signed.platform());
      if (sequence != signed.sequence()) different.add("sequence is " + signed.sequence());
      return String.join(", its ", different);
    }
  }
}
