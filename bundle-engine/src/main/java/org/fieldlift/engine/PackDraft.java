package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.fieldlift.engine.ReleaseDesk.PackOrder;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.git.CommitTime;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.Platform;
import org.fieldlift.release.Release;

/// What a release says of itself before its entries are known: from the bundle's manifest, or from
/// what the person said.
final class PackDraft {
  private static final DateTimeFormatter SEQUENCE =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);

  private PackDraft() {}

  /// @param now when the release counts as made, unless its sequence is a commit's time: then that,
  ///   so that packing the same bundle again yields the same bytes
  static Release of(PackOrder order, Instant now) throws IOException {
    return switch (order.kind()) {
      case FORKLIFT_BUNDLE -> ofBundle(order, now);
      case FILE -> ofFile(order, now);
    };
  }

  private static Release ofBundle(PackOrder order, Instant now) throws IOException {
    if (!Files.isDirectory(order.input())) {
      throw Problem.usage(
          PlainText.of(order.input().toString()) + " is not a directory.",
          "Give a staged bundle, such as ~/.local/share/forklift/stages/7, or --kind file.");
    }
    BundleManifest manifest = BundleManifest.read(order.input());
    if (order.product() != null || order.version() != null) {
      throw Problem.usage(
          "A Forklift bundle says itself what it is: "
              + PlainText.of(manifest.path() + " " + manifest.version())
              + ".",
          "Leave out --product and --release-version.");
    }
    if (manifest.version().isEmpty()) {
      throw Problem.usage(
          "Forklift did not know the version of " + PlainText.of(manifest.path()) + ".",
          "Commit the pallet to git, stage it again, and pack that bundle.");
    }
    long commit = CommitTime.of(manifest, order.input());
    Long given = order.sequence();
    if (given == null && commit == 0) {
      throw Problem.usage(
          "The version " + PlainText.of(manifest.version()) + " does not tell its commit's time.",
          "Say where the release stands in the product's order with --sequence, such as --sequence "
              + SEQUENCE.format(now)
              + ".");
    }
    return draft(
        order,
        manifest.path(),
        manifest.version(),
        manifest.clean(),
        given == null ? commit : given,
        commit == 0 ? now : time(commit));
  }

  private static Release ofFile(PackOrder order, Instant now) throws IOException {
    if (!Files.isRegularFile(order.input())) {
      throw Problem.usage(
          PlainText.of(order.input().toString()) + " is not a file.", "Give one file.");
    }
    String product = order.product();
    String version = order.version();
    if (product == null || version == null) {
      throw Problem.usage(
          "A file does not say what it is.", "Give --product and --release-version.");
    }
    Long given = order.sequence();
    long sequence = given == null ? Long.parseLong(SEQUENCE.format(now)) : given;
    return draft(order, product, version, true, sequence, now);
  }

  private static Release draft(
      PackOrder order,
      String product,
      String version,
      boolean clean,
      long sequence,
      Instant createdAt)
      throws Problem {
    return new Release(
        order.kind(),
        product,
        version,
        clean,
        sequence,
        platform(order.platform()),
        createdAt.truncatedTo(ChronoUnit.SECONDS),
        order.validUntil(),
        List.of(),
        List.of(),
        List.of(),
        order.notes());
  }

  /// As devices call it: they take nothing that is for another one.
  private static String platform(String given) throws Problem {
    return given.equals(Release.ANY_PLATFORM) ? given : Platform.parse(given).toString();
  }

  private static Instant time(long sequence) {
    return LocalDateTime.parse(Long.toString(sequence), SEQUENCE).toInstant(ZoneOffset.UTC);
  }
}
