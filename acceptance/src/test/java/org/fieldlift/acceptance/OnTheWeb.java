package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// A release in a folder that a web server shows, and as many new stations as wanted that trust its
/// signer and have not got it yet.
///
/// @param www the folder, with its `index.json`
record OnTheWeb(Lab lab, Path www, AtomicInteger stations) {
  static final Object[] FETCH = {"release", "fetch", Lab.PRODUCT};

  /// @param form the release's file name
  static OnTheWeb in(Path folder, String form) throws IOException {
    Lab lab = Lab.in(folder, 1);
    Path www = Files.createDirectory(folder.resolve("www"));
    lab.packed("www/" + form);
    lab.station().run("release", "index", www).well();
    lab.trust(Fieldlift.at(folder.resolve("fresh")));
    return new OnTheWeb(lab, www, new AtomicInteger());
  }

  /// A new station whose source is at this address.
  Fieldlift station(String address) {
    Path home = lab.folder().resolve("station-" + stations.incrementAndGet());
    Fieldlift station = Leftovers.copy(Fieldlift.at(lab.folder().resolve("fresh")), home);
    station.run("source", "add", "lab", address).well();
    return station;
  }

  /// The file most bytes of the release are in.
  Path large() throws IOException {
    try (var files = Files.walk(www)) {
      return files.max(Comparator.comparingLong(OnTheWeb::size)).orElseThrow();
    }
  }

  String largeName() throws IOException {
    return Objects.requireNonNull(large().getFileName()).toString();
  }

  static long size(Path path) {
    return Files.isRegularFile(path) ? path.toFile().length() : 0;
  }

  /// Fails unless the store holds the whole release and nothing is left beside it.
  static void assertWhole(Fieldlift station) throws IOException {
    assertThat(releases(station)).hasSize(1);
    assertNothingWrong(station);
    Leftovers.assertNone(station.home());
  }

  /// Fails when the store has a release.
  static void assertNone(Fieldlift station) throws IOException {
    assertThat(releases(station)).isEmpty();
    assertNothingWrong(station);
  }

  private static void assertNothingWrong(Fieldlift station) throws IOException {
    for (Path part : children(station.home().resolve("store/parts"))) {
      assertThat(part).hasFileName(Digests.of(part));
    }
  }

  private static List<Path> releases(Fieldlift station) throws IOException {
    return children(station.home().resolve("store/releases"));
  }

  /// What has come of a download that broke off.
  static List<Path> partial(Fieldlift station) throws IOException {
    return children(station.home().resolve("store/incoming")).stream()
        .filter(path -> path.toString().endsWith(".partial"))
        .toList();
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.exists(folder)) return List.of();
    try (var names = Files.list(folder)) {
      return names.toList();
    }
  }
}
