package org.fieldlift.oci;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import tools.jackson.databind.node.ObjectNode;

/// A folder of container images (an OCI image layout). It may hold an image for one platform only,
/// though its index speaks of several.
///
/// It may come with a bundle from anywhere: no link in it is followed, nothing in it is believed
/// that was not checked. Reading needs no lock; changing it does ([#change]).
///
/// @see <a
///   href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">image-layout.md</a>
public final class ImageLayout {
  static final String MARK = "oci-layout";
  private static final String VERSION = "1.0.0";
  private static final int LARGEST_MARK = 4096;
  private static final int BLOCK = 1 << 20;

  private final Path folder;

  private ImageLayout(Path folder) {
    this.folder = folder;
  }

  /// The layout in this folder, which is made when it is not there.
  public static ImageLayout at(Path folder) throws IOException {
    ImageLayout layout = new ImageLayout(folder.toAbsolutePath().normalize());
    if (Files.exists(layout.folder.resolve(MARK))) return open(folder);
    try {
      Files.createDirectories(layout.blobs());
      if (!Files.exists(layout.index())) {
        AtomicFiles.write(layout.index(), LayoutIndex.EMPTY.bytes());
      }
      AtomicFiles.write(layout.folder.resolve(MARK), mark());
    } catch (IOException e) {
      throw DiskTrouble.with(layout.folder, e);
    }
    return open(folder);
  }

  /// The layout in this folder.
  ///
  /// @throws Problem when there is none
  public static ImageLayout open(Path folder) throws IOException {
    ImageLayout layout = new ImageLayout(folder.toAbsolutePath().normalize());
    String what = PlainText.of(layout.folder.resolve(MARK).toString());
    if (!isFile(layout.folder.resolve(MARK))) {
      throw Problem.failed(
          "There are no container images in %s.".formatted(PlainText.of(folder.toString())),
          "Name a folder that holds an OCI image layout (oci-layout, index.json, blobs).");
    }
    byte[] mark = Limits.readFile(layout.folder.resolve(MARK), LARGEST_MARK);
    Fields fields = Fields.read(mark, what);
    if (!fields.text("imageLayoutVersion").equals(VERSION)) {
      throw fields.wrong("imageLayoutVersion", VERSION);
    }
    return layout;
  }

  /// The layout in this folder; nothing when there is none.
  public static Optional<ImageLayout> find(Path folder) throws IOException {
    return isFile(folder.resolve(MARK)) ? Optional.of(open(folder)) : Optional.empty();
  }

  /// The documents of a layout that holds just these images, by name; their blobs go beside them.
  /// The same images give the same bytes.
  public static Map<String, byte[]> documents(List<Image> images) {
    LayoutIndex index = LayoutIndex.EMPTY;
    for (Image image : images) index = index.with(LayoutIndex.Named.of(image));
    Map<String, byte[]> documents = new TreeMap<>();
    documents.put(MARK, mark());
    documents.put(LayoutIndex.FILE, index.bytes());
    return documents;
  }

  public Path folder() {
    return folder;
  }

  /// The file of a blob, when it is here. Its bytes are still to be checked.
  public Optional<Path> blob(Digest digest) {
    Path file = path(digest);
    boolean isInside = isFolder(folder.resolve("blobs")) && isFolder(blobs());
    return isInside && isFile(file) ? Optional.of(file) : Optional.empty();
  }

  /// Whether a blob is here with the size it should have.
  public boolean has(Descriptor descriptor) throws IOException {
    Optional<Path> file = blob(descriptor.digest());
    return file.isPresent() && Files.size(file.get()) == descriptor.size();
  }

  /// An index, a manifest or a configuration, with its digest checked.
  ///
  /// @throws Problem when it is not here, too large, or not what its digest says
  public byte[] document(Descriptor descriptor) throws IOException {
    Path file = blob(descriptor.digest()).orElseThrow(() -> missing(descriptor.digest()));
    if (descriptor.size() > Document.LARGEST) {
      throw Limits.tooLarge(file.toString(), descriptor.size(), Document.LARGEST);
    }
    byte[] bytes = Limits.readFile(file, Document.LARGEST);
    if (bytes.length == descriptor.size() && Digest.of(bytes).equals(descriptor.digest())) {
      return bytes;
    }
    throw damaged(descriptor.digest());
  }

  /// The same for a document of which only the digest is known; nothing when it is not here.
  Optional<byte[]> document(Digest digest) throws IOException {
    Optional<Path> file = blob(digest);
    if (file.isEmpty()) return Optional.empty();
    return Optional.of(document(new Descriptor("", digest, Files.size(file.get()))));
  }

  /// Every image that Fieldlift put here, for each of its platforms, sorted by reference. Layers
  /// are looked at, not read.
  ///
  /// @throws Problem about the first that is not whole
  public List<Image> images() throws IOException {
    List<Image> images = new ArrayList<>();
    for (LayoutIndex.Named named : lines().ours()) images.add(image(named));
    return List.copyOf(images);
  }

  /// The same, and those that are not whole with the reason.
  public List<Kept> kept() throws IOException {
    List<Kept> kept = new ArrayList<>();
    for (LayoutIndex.Named named : lines().ours()) {
      try {
        kept.add(new Kept.Whole(image(named)));
      } catch (Problem broken) {
        kept.add(new Kept.Broken(named.reference(), named.platform(), named.target(), broken));
      }
    }
    return List.copyOf(kept);
  }

  /// What an image is built for, which may be an older platform than it was copied for: as the
  /// index says that leads to it, else as its configuration says.
  public Platform builtFor(Image image) throws IOException {
    String what = PlainText.of(image.reference().text());
    Descriptor target = image.target();
    if (Document.read(document(target), target.mediaType(), what) instanceof Document.Index index) {
      for (Document.Entry entry : index.entries()) {
        boolean isOurs = entry.manifest().digest().equals(image.manifest().digest());
        if (isOurs && entry.platform().isPresent()) return entry.platform().get();
      }
    }
    Fields config = Fields.read(document(image.config()), "The configuration of " + what);
    return Document.platform(config).orElseThrow(() -> config.wrong("os", "a text"));
  }

  /// A blob's bytes in order; the last is only given when all were right.
  InputStream read(Descriptor blob, Cancellation cancellation) throws IOException {
    Path file = blob(blob.digest()).orElseThrow(() -> missing(blob.digest()));
    return new CheckedStream(Files.newInputStream(file), blob, cancellation);
  }

  /// Whether a blob is here and all its bytes, read once, are what its digest says.
  boolean proves(Descriptor blob, Progress progress, Cancellation cancellation) throws IOException {
    if (!has(blob)) return false;
    byte[] block = new byte[BLOCK];
    try (InputStream in = read(blob, cancellation)) {
      for (int count = in.read(block); count >= 0; count = in.read(block)) progress.advance(count);
      return true;
    } catch (Problem damaged) {
      return false;
    }
  }

  /// The right to change this layout, as long as it is held.
  ///
  /// @throws Problem when another program holds it
  public LayoutChange change() throws IOException {
    return LayoutChange.begin(this);
  }

  LayoutIndex lines() throws IOException {
    if (!isFile(index())) throw DiskTrouble.with(index(), noIndex());
    return LayoutIndex.parse(
        Limits.readFile(index(), LayoutIndex.LARGEST), PlainText.of(index().toString()));
  }

  Image image(LayoutIndex.Named named) throws IOException {
    Platform platform = Platform.parse(named.platform());
    Image image =
        new Resolution(named.reference(), platform, this::document).resolve(named.target());
    for (Descriptor blob : image.blobs()) {
      if (!has(blob)) throw missing(blob.digest());
    }
    return image;
  }

  /// What makes a folder an image layout.
  static byte[] mark() {
    ObjectNode mark = Json.object();
    mark.put("imageLayoutVersion", VERSION);
    return Json.write(mark);
  }

  Path index() {
    return folder.resolve(LayoutIndex.FILE);
  }

  Path blobs() {
    return folder.resolve("blobs").resolve("sha256");
  }

  Path path(Digest digest) {
    return blobs().resolve(digest.hex());
  }

  private static IOException noIndex() {
    return new IOException("it is missing");
  }

  private Problem missing(Digest digest) {
    return Problem.failed(
        "The images in %s are not whole: %s… is missing."
            .formatted(PlainText.of(folder.toString()), digest.brief()),
        "Fetch them again with: fieldlift image cache");
  }

  private Problem damaged(Digest digest) {
    return Problem.notGenuine(
        "The images in %s are damaged: the bytes of %s… are not what they should be."
            .formatted(PlainText.of(folder.toString()), digest.brief()),
        "Fetch the images again with: fieldlift image cache, which finds what is damaged.");
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }
}
