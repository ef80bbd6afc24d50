package org.fieldlift.desktop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fieldlift.engine.ReleaseDesk;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.Release;
import org.fieldlift.trust.Signer;
import org.fieldlift.trust.Verdict;

/// Releases of an invented lab, kept in memory.
public final class FakeReleases implements ReleaseDesk {
  public static final String MICROSCOPE = "git.example.org/lab/microscope";
  public static final String ATLAS = "git.example.org/lab/species-atlas";
  private static final String WORKFLOW = "the release workflow of ";

  public final List<Row> rows = new ArrayList<>();
  public final Map<Digest, Release> releases = new HashMap<>();
  public final List<Row> news = new ArrayList<>();
  public List<String> unreached = List.of();
  public List<String> fetchRemarks = List.of();
  public Optional<IOException> fetchFailure = Optional.empty();
  public int looks;

  /// A digest that stands for a text.
  public static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  public static Instant day(String date) {
    return Instant.parse(date + "T09:30:00Z");
  }

  public static Verdict genuine(String product, String date) {
    Signer signer = new Signer.Keyless("https://git.example.org", WORKFLOW + product);
    String rule = product.equals(MICROSCOPE) ? "microscope" : "atlas";
    return new Verdict.Genuine(signer, day(date), 4711L, rule);
  }

  public Row add(
      String product,
      String label,
      String platform,
      double gigabytes,
      String date,
      Optional<Verdict> verdict,
      Where where) {
    Digest id = digest(product + label + platform);
    long sequence = day(date).getEpochSecond();
    long size = Math.round(gigabytes * 1e9);
    Row row =
        new Row(
            id,
            product,
            label,
            platform,
            sequence,
            size,
            day(date),
            verdict,
            Optional.empty(),
            where,
            "Lab server");
    rows.add(row);
    releases.put(id, release(row));
    return row;
  }

  /// From now on a release of the list has expired.
  public Row expire(int place, String date) {
    rows.set(place, expired(rows.get(place), day(date)));
    return rows.get(place);
  }

  /// The same release after its end.
  public static Row expired(Row row, Instant since) {
    return new Row(
        row.id(),
        row.product(),
        row.label(),
        row.platform(),
        row.sequence(),
        row.size(),
        row.createdAt(),
        row.verdict(),
        Optional.of(since),
        row.where(),
        row.source());
  }

  private static Release release(Row row) {
    List<Release.Image> images = new ArrayList<>();
    boolean newest = row.label().startsWith("2026.1.1");
    app(images, "camera-service", newest ? "2.5" : "2.4");
    app(images, "segmenter", newest ? "3.2" : "3.1");
    if (newest) app(images, "focus-stacker", "1.0");
    if (!newest) app(images, "legacy-viewer", "0.9");
    for (String name :
        List.of("broker", "dashboard", "gallery", "journal", "mqtt", "pump", "proxy", "stage")) {
      app(images, name, "1.4");
    }
    List<Release.Download> downloads = new ArrayList<>();
    for (String name : List.of("model-small.bin", "model-large.bin")) {
      downloads.add(new Release.Download("https://example.org/" + name, name, digest(name)));
    }
    String firmware = newest ? "firmware-9.bin" : "firmware-8.bin";
    downloads.add(
        new Release.Download("https://example.org/" + firmware, firmware, digest(firmware)));
    return new Release(
        Release.Kind.FORKLIFT_BUNDLE,
        row.product(),
        row.label().replace("-dirty", ""),
        !row.label().endsWith("-dirty"),
        row.sequence(),
        row.platform(),
        row.createdAt(),
        null,
        List.of(),
        images,
        downloads,
        """
        - Stacks up to 40 focus planes on the device.
        - The preview no longer stops after 12 hours.
        - Needs 4.2 GB of free room to install.
        """);
  }

  private static void app(List<Release.Image> images, String name, String tag) {
    String reference = "registry.example.org/lab/" + name + ":" + tag;
    images.add(
        new Release.Image(
            reference,
            "linux/arm64",
            null,
            digest(reference),
            digest(reference + "config"),
            List.of()));
  }

  @Override
  public synchronized List<Row> list() {
    return List.copyOf(rows);
  }

  @Override
  public synchronized List<String> lookForNew(Progress progress, Cancellation cancellation) {
    looks++;
    rows.addAll(news);
    news.forEach(row -> releases.put(row.id(), release(row)));
    news.clear();
    return unreached;
  }

  @Override
  public Detail show(String release) throws IOException {
    for (Row row : rows) {
      if (row.id().hex().startsWith(release)) {
        return new Detail(
            row,
            Objects.requireNonNull(releases.get(row.id())),
            row.verdict().orElse(new Verdict.Unsigned()),
            38,
            "/var/lib/fieldlift/releases/" + row.id().brief());
      }
    }
    throw Problem.failed("There is no release " + release + ".", "Look at the list.");
  }

  @Override
  public Fetched fetch(String release, Progress progress, Cancellation cancellation)
      throws IOException {
    cancellation.check();
    if (fetchFailure.isPresent()) throw fetchFailure.get();
    for (int index = 0; index < rows.size(); index++) {
      Row row = rows.get(index);
      if (!row.id().hex().equals(release)) continue;
      progress.expect(row.size());
      progress.advance(row.size());
      rows.set(
          index,
          new Row(
              row.id(),
              row.product(),
              row.label(),
              row.platform(),
              row.sequence(),
              row.size(),
              row.createdAt(),
              Optional.of(genuine(row.product(), "2026-05-22")),
              row.expiredSince(),
              Where.HERE,
              row.source()));
      return new Fetched(rows.get(index), fetchRemarks);
    }
    throw Problem.failed("No source has " + release + ".", "Look for new releases.");
  }

  @Override
  public Detail verify(String release, Progress progress, Cancellation cancellation)
      throws IOException {
    return show(release);
  }

  @Override
  public Detail pack(PackOrder order, Progress progress, Cancellation cancellation) {
    throw new AssertionError("the desktop does not pack");
  }

  @Override
  public Detail sign(Path release, Path key, char[] password) {
    throw new AssertionError("the desktop does not sign");
  }

  @Override
  public void split(Path single, Path directory, Progress progress, Cancellation cancellation) {
    throw new AssertionError("the desktop does not split");
  }

  @Override
  public void join(List<Path> parts, Path single, Progress progress, Cancellation cancellation) {
    throw new AssertionError("the desktop does not join");
  }

  @Override
  public long remove(String release) {
    throw new AssertionError("the desktop does not remove");
  }

  @Override
  public long prune() {
    throw new AssertionError("the desktop does not prune");
  }

  @Override
  public Indexed writeIndex(Path folder) {
    throw new AssertionError("the desktop publishes nothing");
  }
}
