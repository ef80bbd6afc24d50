package org.fieldlift.field;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.archive.ArchiveWriter;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.PartSink;
import org.fieldlift.archive.Tree;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.Release;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.trust.SigningKey;
import org.jspecify.annotations.Nullable;

/// A packed and signed release in memory whose bytes a test may spoil.
final class PackedRelease implements OpenRelease {
  final List<byte[]> parts = new ArrayList<>();
  SignedRelease signed;

  /// Called before each part is handed on.
  Walk onWalk = () -> {};

  /// What happens while it is read.
  interface Walk {
    void begins() throws IOException;
  }

  private PackedRelease(SignedRelease signed) {
    this.signed = signed;
  }

  /// @param description its entries are not looked at
  static PackedRelease of(Path tree, Release description, @Nullable SigningKey key)
      throws IOException {
    Parts sink = new Parts();
    Tree grown = Tree.of(tree);
    var written =
        ArchiveWriter.write(
            grown, ArchiveWriter.scan(grown), sink, new Progress("packing"), new Cancellation());
    byte[] json =
        new Release(
                description.kind(),
                description.product(),
                description.version(),
                description.clean(),
                description.sequence(),
                description.platform(),
                description.createdAt(),
                description.validUntil(),
                written.entries(),
                description.images(),
                List.of(),
                null)
            .toJson();
    PackedRelease packed =
        new PackedRelease(SignedRelease.of(json, key == null ? null : key.signBundle(json)));
    packed.parts.addAll(sink.parts);
    return packed;
  }

  /// The same release with bytes of its own.
  PackedRelease copy() {
    PackedRelease copy = new PackedRelease(signed);
    for (byte[] part : parts) copy.parts.add(part.clone());
    return copy;
  }

  static Release description(long sequence, String platform, @Nullable Instant validUntil) {
    return new Release(
        Release.Kind.FORKLIFT_BUNDLE,
        Trees.PRODUCT,
        Trees.VERSION,
        true,
        sequence,
        platform,
        Instant.parse("2026-04-01T00:00:00Z"),
        validUntil,
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  @Override
  public String where() {
    return "drive FL-TEST01";
  }

  @Override
  public SignedRelease signed() {
    return signed;
  }

  @Override
  public long archiveSize() {
    return parts.stream().mapToLong(part -> part.length).sum();
  }

  @Override
  public void walk(PartVisitor visitor) throws IOException {
    for (byte[] part : parts) {
      onWalk.begins();
      InputStream raw = new ByteArrayInputStream(part);
      visitor.part(raw);
    }
  }

  @Override
  public void close() {}

  private static final class Parts implements PartSink {
    private final List<byte[]> parts = new ArrayList<>();
    private ByteArrayOutputStream open = new ByteArrayOutputStream();

    @Override
    public OutputStream begin() {
      open = new ByteArrayOutputStream();
      return open;
    }

    @Override
    public void end(Part part) {
      parts.add(open.toByteArray());
    }
  }
}
