package org.fieldlift.oci;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.io.SafePath;

/// The files of an image as a container would see them, in one plain tar: what Forklift keeps for
/// file exports. Entries come as Forklift writes them, from the top layer down, so a folder may
/// come after what is in it.
///
/// Unlike go-containerregistry's, on which Forklift stands, it obeys opaque folders: what an image
/// has hidden stays hidden.
///
/// @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md">layer.md</a>
public final class ImageFiles {
  /// Most bytes that all layers unpack to, and that are written; most entries of all layers, and
  /// most memory for their names. A compressed layer can promise a thousand times its own size.
  public static final long LARGEST = 64L << 30;

  public static final int MOST_ENTRIES = 2_000_000;
  static final long MOST_NAMES = 96L << 20;

  /// Largest window of a layer packed with zstd, as a power of two: 64 MB. It is memory.
  private static final int LARGEST_WINDOW = 26;

  /// Most bytes of headers before one entry; a name in them has at most some kilobytes.
  static final int LARGEST_HEADER = 1 << 20;

  private final Progress progress;
  private final Cancellation cancellation;
  private final TarArchiveOutputStream tar;
  private final Overlay overlay = new Overlay(MOST_ENTRIES, MOST_NAMES);
  private final long limit;
  private long written;
  private long unpacked;

  private ImageFiles(OutputStream out, long limit, Progress progress, Cancellation cancellation) {
    this.tar = new TarArchiveOutputStream(out, "UTF-8");
    this.limit = limit;
    this.progress = progress;
    this.cancellation = cancellation;
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  /// Writes the tar. What was written before a problem showed must not be used.
  ///
  /// @param out stays open
  /// @param progress expects and advances by the layers' bytes as they are stored
  /// @throws Problem of kind NOT_GENUINE when a layer is damaged or hostile
  public static void flatten(
      ImageLayout layout,
      Image image,
      OutputStream out,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    flatten(layout, image, out, LARGEST, progress, cancellation);
  }

  /// @param limit bytes that are unpacked and written at most
  static void flatten(
      ImageLayout layout,
      Image image,
      OutputStream out,
      long limit,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    ImageFiles files = new ImageFiles(out, limit, progress, cancellation);
    image.layers().forEach(layer -> progress.expect(layer.size()));
    List<Descriptor> topDown = image.layers().reversed();
    for (Descriptor layer : topDown) {
      try (InputStream stored = layout.read(layer, cancellation)) {
        files.layer(stored);
      }
      progress.advance(layer.size());
    }
    files.tar.finish();
  }

  private void layer(InputStream stored) throws IOException {
    overlay.beginLayer();
    BufferedInputStream buffered = new BufferedInputStream(stored, 1 << 16);
    // What unpacks holds memory outside of Java's until it is closed.
    try (InputStream plain = plain(buffered)) {
      HeaderGuard guarded = new HeaderGuard(plain, LARGEST_HEADER, this::count);
      TarArchiveInputStream in = new TarArchiveInputStream(guarded, "UTF-8");
      for (TarArchiveEntry entry = next(in, guarded); entry != null; entry = next(in, guarded)) {
        cancellation.check();
        if (overlay.shows(entry)) write(entry, in);
        in.transferTo(OutputStream.nullOutputStream());
      }
      buffered.transferTo(OutputStream.nullOutputStream());
    } catch (Cancellation.Cancelled | Problem told) {
      throw told;
    } catch (IOException | IllegalArgumentException malformed) {
      throw damaged(String.valueOf(malformed.getMessage()));
    }
  }

  /// Stops what never ends though little of it is shown.
  private void count(long bytes) throws Problem {
    unpacked += bytes;
    if (unpacked > limit) throw tooMuch();
  }

  private Problem tooMuch() {
    return damaged("it unpacks to more than " + limit + " bytes");
  }

  private static TarArchiveEntry next(TarArchiveInputStream in, HeaderGuard guard)
      throws IOException {
    guard.begin();
    TarArchiveEntry entry = in.getNextEntry();
    guard.end();
    return entry;
  }

  private void write(TarArchiveEntry from, InputStream in) throws IOException {
    requireShort(from);
    boolean hasBytes = holdsBytes(from);
    byte type = hasBytes ? TarConstants.LF_NORMAL : from.getLinkFlag();
    TarArchiveEntry to = new TarArchiveEntry(overlay.name(), type);
    to.setMode(from.getMode());
    to.setUserId(from.getLongUserId());
    to.setGroupId(from.getLongGroupId());
    to.setUserName(from.getUserName());
    to.setGroupName(from.getGroupName());
    to.setLastModifiedTime(from.getLastModifiedTime());
    to.setLinkName(from.getLinkName());
    to.setDevMajor(from.getDevMajor());
    to.setDevMinor(from.getDevMinor());
    for (Map.Entry<String, String> pax : from.getExtraPaxHeaders().entrySet()) {
      if (pax.getKey().startsWith("SCHILY.xattr.")) to.addPaxHeader(pax.getKey(), pax.getValue());
    }
    long size = hasBytes ? from.getRealSize() : 0;
    written += size;
    if (written > limit) throw tooMuch();
    to.setSize(size);
    tar.putArchiveEntry(to);
    if (size > 0) in.transferTo(tar);
    tar.closeArchiveEntry();
  }

  /// The library takes time that grows with the square of a name.
  private static void requireShort(TarArchiveEntry entry) throws Problem {
    if (entry.getLinkName().length() > SafePath.LONGEST) {
      throw damaged("a link in it is too long");
    }
    boolean isLong =
        entry.getUserName().length() > SafePath.LONGEST_NAME
            || entry.getGroupName().length() > SafePath.LONGEST_NAME;
    if (isLong) throw damaged("the name of an owner in it is too long");
  }

  /// Links, folders and devices have none, whatever their headers say.
  private static boolean holdsBytes(TarArchiveEntry entry) {
    return switch (entry.getLinkFlag()) {
      case TarConstants.LF_NORMAL,
          TarConstants.LF_OLDNORM,
          TarConstants.LF_CONTIG,
          TarConstants.LF_GNUTYPE_SPARSE ->
          !entry.isDirectory();
      default -> false;
    };
  }

  /// A layer is told by its first bytes; some are stored under another kind than they are.
  private static InputStream plain(BufferedInputStream stored) throws IOException {
    stored.mark(4);
    byte[] magic = stored.readNBytes(4);
    stored.reset();
    if (magic.length < 4) return stored;
    if (magic[0] == 0x1f && magic[1] == (byte) 0x8b) return new GZIPInputStream(stored, 1 << 16);
    boolean isZstd =
        magic[0] == 0x28 && magic[1] == (byte) 0xb5 && magic[2] == 0x2f && magic[3] == (byte) 0xfd;
    return isZstd ? new ZstdInputStreamNoFinalizer(stored).setLongMax(LARGEST_WINDOW) : stored;
  }

  static Problem damaged(String why) {
    return Problem.notGenuine(
        "A layer of the image cannot be unpacked: %s.".formatted(PlainText.of(why)),
        "It is damaged or hostile; ask whoever made this image.");
  }
}
