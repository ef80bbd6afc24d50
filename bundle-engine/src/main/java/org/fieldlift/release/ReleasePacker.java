package org.fieldlift.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.archive.ArchiveWriter;
import org.fieldlift.archive.Entry;
import org.fieldlift.archive.Tree;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.jspecify.annotations.Nullable;

/// Makes releases: packs, signs, and brings them from one form into another.
///
/// Outputs are written aside (`….fieldlift-new`) and renamed at the end; whatever lies at the
/// output's name already is never overwritten.
public final class ReleasePacker {
  private ReleasePacker() {}

  /// Packs a tree in one pass over its bytes. The same tree and the same draft give the same bytes.
  ///
  /// @param tree a staged bundle, or the one file when the draft's kind is FILE
  /// @param draft all that is known beforehand; its entries are not looked at. Each download gets
  ///   the digest of the entry at its path; one that the draft gives already must turn out right
  /// @param signing null to leave it unsigned
  /// @param output a single file when its name ends in `.tar.gz`, else a directory form
  /// @throws Problem of kind USAGE when the draft makes no valid release or the output exists
  public static SignedRelease pack(
      Tree tree,
      Release draft,
      @Nullable Signing signing,
      Path output,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    return pack(tree, draft, signing, List.of(), output, progress, cancellation).signed();
  }

  /// The same, and the same bytes, but a file that is a part of its own and whose digest is proven
  /// is not read again when an earlier release holds its part.
  ///
  /// @param reuse earlier releases in directory form. The bytes of their parts are not checked when
  ///   they get a second name in a directory form, but when they are copied into a single file
  public static Packed pack(
      Tree tree,
      Release draft,
      @Nullable Signing signing,
      List<Path> reuse,
      Path output,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    EarlierReleases earlier = EarlierReleases.in(reuse);
    List<Entry> scanned = ArchiveWriter.scan(tree);
    int length = Drafts.length(draft, scanned);
    try (ReleaseOutput out = ReleaseOutput.to(output, length)) {
      ArchiveWriter.Written written =
          ArchiveWriter.write(tree, scanned, earlier, out, progress, cancellation);
      byte[] json = Drafts.complete(draft, written.entries()).toJson();
      if (json.length != length) throw new IllegalStateException("release.json changed length");
      byte @Nullable [] signature = signing == null ? null : signing.sign(json);
      SignedRelease signed = SignedRelease.of(json, signature);
      out.finish(signed, new PartList(signed.id(), written.parts()));
      return new Packed(signed, written.reused());
    }
  }

  /// @param reused bytes of the parts that were not made anew
  public record Packed(SignedRelease signed, long reused) {}

  /// What is packed when a person names a folder, or one file. A link to a file stands for it.
  ///
  /// @throws Problem of kind USAGE when it is not what this kind of release holds
  public static Tree tree(Path input, Release.Kind kind) throws IOException {
    return switch (kind) {
      case FORKLIFT_BUNDLE -> {
        if (!Files.isDirectory(input)) throw wrong(input, "is not a folder");
        yield Tree.of(input);
      }
      case FILE -> {
        if (!Files.isRegularFile(input)) throw wrong(input, "is not a file");
        yield Tree.of(input.toRealPath());
      }
    };
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

  private static Problem wrong(Path input, String what) {
    return Problem.usage(
        PlainText.of(input.toString()) + " " + what + ".",
        "Give the folder of a staged bundle, or one file.");
  }
}
