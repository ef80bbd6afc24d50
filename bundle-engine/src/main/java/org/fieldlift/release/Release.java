package org.fieldlift.release;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.fieldlift.archive.Entry;
import org.fieldlift.io.Digest;
import org.jspecify.annotations.Nullable;

/// One version of one product for one platform: what `release.json` says (`docs/formats.md` 1).
///
/// @param product the pallet path
/// @param version as in Forklift's manifest
/// @param clean false for a pallet with local changes
/// @param sequence only rises within a product; the rollback guard
/// @param platform `linux/arm64`, `linux/arm/v7`, `linux/amd64`; `any` for an opaque file
/// @param validUntil after this moment devices refuse it; null for no end
/// @param entries every file, directory and symbolic link, sorted by path (UTF-8 bytes)
/// @param notes Markdown; null for none
public record Release(
    Kind kind,
    String product,
    String version,
    boolean clean,
    long sequence,
    String platform,
    Instant createdAt,
    @Nullable Instant validUntil,
    List<Entry> entries,
    List<Image> images,
    List<Download> downloads,
    @Nullable String notes) {

  public static final String SCHEMA = "fieldlift.release/1";

  /// The platform of a release that is for every machine.
  public static final String ANY_PLATFORM = "any";

  /// Stands in a draft where a digest will be, and takes as much room.
  static final Digest NOT_KNOWN_YET = new Digest("0".repeat(64));

  /// Largest `release.json` that is read, in bytes.
  public static final int LARGEST_JSON = 24 << 20;

  /// What the archive holds.
  public enum Kind {
    /// A staged Forklift bundle.
    FORKLIFT_BUNDLE("forklift-bundle"),
    /// One opaque file.
    FILE("file");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /// How documents and file names call it.
    public String word() {
      return word;
    }
  }

  /// @param reference the exact string the compose file uses
  /// @param index what the reference names, unless that is the manifest itself
  /// @param layers what Docker takes in of it, each an entry; empty when no app runs it, or the
  ///   release's maker did not say
  public record Image(
      String reference,
      String platform,
      @Nullable Digest index,
      Digest manifest,
      Digest config,
      List<Digest> layers) {
    public Image {
      layers = List.copyOf(layers);
    }

    /// Every id by which a daemon may know it.
    public List<Digest> ids() {
      return index == null ? List.of(manifest, config) : List.of(index, manifest, config);
    }
  }

  /// @param path of the entry that holds it
  public record Download(String url, String path, Digest sha256) {
    /// One of a draft: packing reads it and puts its digest in.
    public static Download unread(String url, String path) {
      return new Download(url, path, NOT_KNOWN_YET);
    }

    /// The same download with this digest.
    Download with(Digest found) {
      return new Download(url, path, found);
    }
  }

  /// Reads `release.json` strictly: unknown schema, wrong types, unsafe or unsorted paths,
  /// duplicate entries are all refused.
  ///
  /// @throws org.fieldlift.io.Problem of kind NOT_GENUINE, naming the field
  public static Release parse(byte[] json) throws IOException {
    return ReleaseJson.read(json);
  }

  /// The bytes of `release.json`; the same release yields the same bytes, and their length depends
  /// on the digests' presence only through their fixed width.
  public byte[] toJson() {
    return ReleaseJson.write(this);
  }

  /// The same release with other entries.
  public Release withEntries(List<Entry> others) {
    return with(others, downloads);
  }

  /// The same release with other entries and downloads.
  Release with(List<Entry> others, List<Download> otherDownloads) {
    return new Release(
        kind,
        product,
        version,
        clean,
        sequence,
        platform,
        createdAt,
        validUntil,
        others,
        images,
        otherDownloads,
        notes);
  }

  /// The same release with these images and downloads.
  public Release bringing(List<Image> others, List<Download> files) {
    return new Release(
        kind,
        product,
        version,
        clean,
        sequence,
        platform,
        createdAt,
        validUntil,
        entries,
        others,
        files,
        notes);
  }

  /// `<version>` or `<version>-dirty`.
  public String label() {
    return clean ? version : version + "-dirty";
  }

  /// Bytes the entries take once unpacked.
  public long unpackedSize() {
    return entries.stream().mapToLong(Entry::size).sum();
  }

  /// Whether a machine of this platform may take it.
  ///
  /// @param machine its platform; "" when nobody knows, and then any may be meant
  public boolean suits(String machine) {
    return machine.isEmpty() || platform.equals(ANY_PLATFORM) || platform.equals(machine);
  }

  /// The archive's file name without folders: `/` of the product becomes `--`, and the platform's
  /// part after the system stands for the architecture.
  public String flatName() {
    return "%s@%s+%s.%s.tar.gz"
        .formatted(product.replace("/", "--"), label(), architecture(platform), kind.word());
  }

  /// The platform's part after the system: `arm64`, `armv7`, `any`.
  public static String architecture(String platform) {
    return platform.substring(platform.indexOf('/') + 1).replace("/", "");
  }
}
