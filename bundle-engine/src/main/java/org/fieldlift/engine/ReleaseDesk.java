package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;
import org.fieldlift.release.Release;
import org.fieldlift.trust.Verdict;
import org.jspecify.annotations.Nullable;

/// Releases: on this station, at its sources, and as files.
public interface ReleaseDesk {
  /// Where a release is.
  enum Where {
    HERE,
    AT_SOURCE
  }

  /// One line of the list.
  ///
  /// @param label version, with `-dirty` where it applies
  /// @param size of the archive in bytes
  /// @param verdict absent while nobody looked (at a source, signature not fetched)
  /// @param expiredSince the end of its validity, once that has passed by the station's clock; no
  ///   source's list tells
  /// @param source its name; empty when it came as a file
  record Row(
      Digest id,
      String product,
      String label,
      String platform,
      long sequence,
      long size,
      Instant createdAt,
      Optional<Verdict> verdict,
      Optional<Instant> expiredSince,
      Where where,
      String source) {}

  /// Everything about one release.
  ///
  /// @param parts of its archive; 0 while it was not read to the end
  record Detail(Row row, Release release, Verdict verdict, int parts, String location) {}

  /// Releases on this station and those its sources offered at the last look; by product, newest
  /// first.
  List<Row> list() throws IOException;

  /// Asks every source what it has. A source that cannot be reached is a sentence, not a failure.
  ///
  /// @return sentences about sources that could not be reached, and about what is damaged at them
  ///   or here
  List<String> lookForNew(Progress progress, Cancellation cancellation) throws IOException;

  /// A release on this station by id (or its beginning), or in a file, folder or drive by path.
  Detail show(String release) throws IOException;

  /// A release that came in.
  ///
  /// @param remarks sentences about sources that could not be asked, offers that were passed over
  ///   because they failed or were untrue, and a validity that has ended or soon will
  record Fetched(Row row, List<String> remarks) {}

  /// Brings a release into the store: by id (or its beginning), `product@version` or `product`
  /// (newest) from a source, or from a path. Only genuine releases come in, and only what the
  /// source said they are.
  ///
  /// @throws org.fieldlift.io.Problem of kind USAGE when there are releases of that name for
  ///   several platforms, and it does not end in `+` and an architecture
  Fetched fetch(String release, Progress progress, Cancellation cancellation) throws IOException;

  /// Reads every byte of a release and judges it.
  Detail verify(String release, Progress progress, Cancellation cancellation) throws IOException;

  /// @param kind `forklift-bundle` for a staged bundle's directory, `file` for one opaque file
  /// @param product,version for an opaque file; a Forklift bundle says them itself
  /// @param sequence null for the pallet's commit time, or now for an opaque file
  record PackOrder(
      Path input,
      Path output,
      Release.Kind kind,
      @Nullable String product,
      @Nullable String version,
      @Nullable Long sequence,
      String platform,
      @Nullable Instant validUntil,
      @Nullable String notes,
      @Nullable Path key,
      char[] password) {}

  Detail pack(PackOrder order, Progress progress, Cancellation cancellation) throws IOException;

  /// Signs a packed release in place.
  Detail sign(Path release, Path key, char[] password) throws IOException;

  /// Single file → directory form. Checks every byte on the way.
  void split(Path single, Path directory, Progress progress, Cancellation cancellation)
      throws IOException;

  /// Directory form or drives of a set → single file. Checks every byte on the way.
  void join(List<Path> parts, Path single, Progress progress, Cancellation cancellation)
      throws IOException;

  /// Writes `index.json` for a folder of releases, so that any web server can be a source.
  Indexed writeIndex(Path folder) throws IOException;

  /// @param releases how many the index names
  /// @param faults sentences about files that look like releases but cannot be offered
  record Indexed(int releases, List<String> faults) {}

  /// Forgets a release of the store; parts nobody else needs go with it.
  ///
  /// @return bytes freed
  long remove(String release) throws IOException;

  /// Removes parts no release needs and leftovers of broken fetches.
  ///
  /// @return bytes freed
  long prune() throws IOException;
}
