package org.fieldlift.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.archive.ArchiveWriter;
import org.fieldlift.archive.Entry;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.jspecify.annotations.Nullable;

/// Makes releases: packs, signs, and brings them from one form into another.
///
/// Outputs are written aside (`….fieldlift-new`) and renamed at the end; whatever lies at the
/// output's name already is never overwritten.
public final class ReleasePacker {
  private static final Digest NOT_KNOWN_YET = new Digest("0".repeat(64));

  private ReleasePacker() {}

  /// Packs a folder, or one opaque file, in one pass over its bytes.
  ///
  /// The same input and the same draft give the same bytes.
  ///
  /// @param input a staged bundle's folder, or the file when the draft's kind is FILE
  /// @param draft all that is known beforehand; its entries are not looked at
  /// @param signing null to leave it unsigned
  /// @param output a single file when its name ends in `.tar.gz`, else a directory form
  /// @throws Problem of kind USAGE when the draft makes no valid release or the output exists
  public static SignedRelease pack(
      Path input,
      Release draft,
      @Nullable Signing signing,
      Path output,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    Path content = content(input, draft.kind());
    List<Entry> scanned = ArchiveWriter.scan(content);
    int length = length(draft, scanned);
    try (ReleaseOutput out = ReleaseOutput.to(output, length)) {
      ArchiveWriter.Written written =
          ArchiveWriter.write(content, scanned, out, progress, cancellation);
      byte[] json = draft.withEntries(written.entries()).toJson();
      if (json.length != length) throw new IllegalStateException("release.json changed length");
      byte @Nullable [] signature = signing == null ? null : signing.sign(json);
      SignedRelease signed = SignedRelease.of(json, signature);
      out.finish(signed, new PartList(signed.id(), written.parts()));
      return signed;
    }
  }

  /// Writes a release in another form: single file → directory form (split), directory form or
  /// drives → single file (join). Every byte is checked on the way. A joined file is the very file
  /// that packing would have written.
  ///
  /// @param output a single file when its name ends in `.tar.gz`, else a directory form
  public static void repack(
      OpenRelease release, Path output, Progress progress, Cancellation cancellation)
      throws IOException {
    SignedRelease signed = release.signed();
    try (ReleaseOutput out = ReleaseOutput.to(output, signed.json().length)) {
      out.finish(signed, ReleaseCheck.copy(release, out, progress, cancellation));
    }
  }

  /// Signs a packed release where it lies, in place of any signature it had. The archive is not
  /// touched.
  ///
  /// @param release a single file or a directory form
  public static SignedRelease sign(Path release, Signing signing) throws IOException {
    return Resigning.sign(release, signing);
  }

  /// What becomes the archive's content. A link to one file stands for the file.
  private static Path content(Path input, Release.Kind kind) throws IOException {
    return switch (kind) {
      case FORKLIFT_BUNDLE -> {
        if (!Files.isDirectory(input)) throw wrong(input, "is not a folder");
        yield input;
      }
      case FILE -> {
        if (!Files.isRegularFile(input)) throw wrong(input, "is not a file");
        yield input.toRealPath();
      }
    };
  }

  private static Problem wrong(Path input, String what) {
    return Problem.usage(
        PlainText.of(input.toString()) + " " + what + ".",
        "Give the folder of a staged bundle, or one file.");
  }

  /// The length `release.json` will have, found by writing it with digests that are not known yet,
  /// and reading it as strictly as anybody will.
  private static int length(Release draft, List<Entry> scanned) throws Problem {
    List<Entry> entries = scanned.stream().map(ReleasePacker::withAnyDigest).toList();
    byte[] json = draft.withEntries(entries).toJson();
    try {
      ReleaseJson.read(json);
    } catch (Problem refused) {
      throw new Problem(
          Problem.Kind.USAGE,
          "This cannot be packed, nobody could read it: " + refused.what(),
          "Correct what it names, then pack again.",
          refused);
    }
    return json.length;
  }

  private static Entry withAnyDigest(Entry entry) {
    return entry.type() == Entry.Type.FILE
        ? new Entry(entry.path(), entry.type(), entry.mode(), entry.size(), NOT_KNOWN_YET, null)
        : entry;
  }
}
