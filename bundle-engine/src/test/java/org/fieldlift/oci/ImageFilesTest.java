package org.fieldlift.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {
  @TempDir Path folder;
  private final Cancellation cancellation = new Cancellation();
  private final SampleImage sample = new SampleImage();
  private ImageLayout layout;

  @BeforeEach
  void makeALayout() throws IOException {
    layout = ImageLayout.at(folder.resolve("images"));
  }

  @Test
  void theTopLayerCountsAndNamesAreCleaned() throws IOException {
    assertThat(flattened(tar("./etc/", "", "./etc/a", "old", "b", "b"), gzip(tar("etc/a", "new"))))
        .containsExactly("etc/a=new", "etc/", "b=b");
  }

  @Test
  void whatALayerRemovesIsGone() throws IOException {
    byte[] base = tar("a", "1", "dir/", "", "dir/b", "2", "dir/sub/c", "3", "keep", "4");
    assertThat(flattened(base, tar(".wh.a", "", ".wh.dir", ""))).containsExactly("keep=4");
    assertThat(flattened(base, tar("dir", "now a file")))
        .containsExactly("dir=now a file", "a=1", "keep=4");
  }

  @Test
  void anOpaqueFolderHidesWhatIsBelowItButNotItsOwn() throws IOException {
    byte[] base = tar("dir/", "", "dir/old", "1", "a", "2");
    byte[] top = tar("dir/", "", "dir/.wh..wh..opq", "", "dir/new", "3");
    assertThat(flattened(base, top)).containsExactly("dir/", "dir/new=3", "a=2");
  }

  @Test
  void layersMayBePackedInAnyWay() throws IOException {
    assertThat(flattened(gzip(tar("a", "1")), zstd(tar("b", "2")), tar("c", "3")))
        .containsExactly("c=3", "b=2", "a=1");
  }

  @Test
  void whatAFileIsStays() throws IOException {
    ByteArrayOutputStream layer = new ByteArrayOutputStream();
    String longName = "d/".repeat(60) + "ü";
    try (TarArchiveOutputStream out = writer(layer)) {
      TarArchiveEntry file = new TarArchiveEntry(longName);
      file.setMode(04755);
      file.setUserId(12);
      file.setGroupId(3_000_000);
      file.setModTime(1_700_000_000_000L);
      file.setSize(2);
      file.addPaxHeader("SCHILY.xattr.security.capability", "caps");
      out.putArchiveEntry(file);
      out.write("hi".getBytes(UTF_8));
      out.closeArchiveEntry();
      TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
      link.setLinkName("../elsewhere");
      out.putArchiveEntry(link);
      out.closeArchiveEntry();
      TarArchiveEntry device = new TarArchiveEntry("null", TarConstants.LF_CHR);
      device.setDevMajor(1);
      device.setDevMinor(3);
      out.putArchiveEntry(device);
      out.closeArchiveEntry();
    }
    List<TarArchiveEntry> entries = entries(flatten(1 << 20, layer.toByteArray()));
    assertThat(entries)
        .extracting(TarArchiveEntry::getName)
        .containsExactly(longName, "link", "null");
    TarArchiveEntry file = entries.getFirst();
    assertThat(file.getMode()).isEqualTo(04755);
    assertThat(file.getLongUserId()).isEqualTo(12);
    assertThat(file.getLongGroupId()).isEqualTo(3_000_000);
    assertThat(file.getModTime().getTime()).isEqualTo(1_700_000_000_000L);
    assertThat(file.getExtraPaxHeader("SCHILY.xattr.security.capability")).isEqualTo("caps");
    assertThat(entries.get(1).getLinkName()).isEqualTo("../elsewhere");
    assertThat(entries.get(2).getDevMinor()).isEqualTo(3);
  }

  @Test
  void aNameThatLeadsOutIsRefused() throws IOException {
    byte[] hostile = tar("a/../../etc/passwd", "x");
    assertThatThrownBy(() -> flatten(1 << 20, hostile))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("leads out");
  }

  @Test
  void aBombIsStopped() throws IOException {
    byte[] bomb = gzip(tar("zeros", "\0".repeat(1 << 20)));
    assertThat(bomb.length).isLessThan(5000);
    assertThatThrownBy(() -> flatten(1 << 19, bomb))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("unpacks to more than");
  }

  /// A layer of a megabyte can remove files whose names take hundreds.
  @Test
  void namesThatAreTooLongTogetherAreRefused() throws IOException {
    Overlay overlay = new Overlay(1000, 10_000);
    for (int i = 0; i < 10; i++) overlay.shows(new TarArchiveEntry(".wh." + i + "n".repeat(800)));
    assertThatThrownBy(() -> overlay.shows(new TarArchiveEntry("dir/.wh." + "n".repeat(1900))))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("too long together");
  }

  @Test
  void whatIsUnpackedCountsThoughNothingOfItIsShown() throws IOException {
    byte[] hidden = gzip(tar("zeros", "\0".repeat(1 << 20)));
    byte[] removal = tar(".wh.zeros", "");
    assertThat(flattened(hidden, removal)).isEmpty();
    assertThatThrownBy(() -> flatten(1 << 19, hidden, removal))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("unpacks to more than");
  }

  @Test
  void aLayerThatWantsMuchMemoryToBeUnpackedIsRefused() throws IOException {
    assertThat(flattened(zstd(tar("a", "1"), 26))).containsExactly("a=1");
    byte[] greedy = zstd(tar("a", "1"), 27);
    assertThatThrownBy(() -> flatten(1 << 20, greedy))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("cannot be unpacked");
  }

  @Test
  void aNameOfMegabytesIsRefused() throws IOException {
    ByteArrayOutputStream layer = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = writer(layer)) {
      TarArchiveEntry name = new TarArchiveEntry("long", TarConstants.LF_GNUTYPE_LONGNAME);
      name.setSize(8 << 20);
      out.putArchiveEntry(name);
      out.write("n".repeat(8 << 20).getBytes(UTF_8));
      out.closeArchiveEntry();
    }
    byte[] hostile = gzip(layer.toByteArray());
    assertThatThrownBy(() -> flatten(1 << 20, hostile))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("larger than any name");
  }

  @Test
  void aLinkThatIsLongerThanAnyIsRefused() throws IOException {
    ByteArrayOutputStream layer = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = writer(layer)) {
      TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
      link.setLinkName("x".repeat(5000));
      out.putArchiveEntry(link);
      out.closeArchiveEntry();
    }
    assertThatThrownBy(() -> flatten(1 << 20, layer.toByteArray()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("a link in it is too long");
  }

  @Test
  void brokenLayersAreTold() throws IOException {
    byte[] layer = gzip(tar("a", "1"));
    byte[] cut = Arrays.copyOf(layer, layer.length - 12);
    assertThatThrownBy(() -> flatten(1 << 20, cut)).isInstanceOf(Problem.class);
    Image image = put(layer);
    Files.write(layout.path(image.layers().getFirst().digest()), gzip(tar("a", "2")));
    assertThatThrownBy(() -> flatten(image, 1 << 20))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("not what its manifest says");
  }

  @Test
  void aDockerArchiveNamesConfigLayersAndTags() throws IOException {
    Image image = put(tar("a", "1"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DockerArchive.write(layout, List.of(image), out, new Progress("x"), cancellation);
    List<String> names = entries(out.toByteArray()).stream().map(TarArchiveEntry::getName).toList();
    assertThat(names)
        .containsExactly(
            BlobTar.path(image.config()), BlobTar.path(image.layers().getFirst()), "manifest.json");
    assertThat(out.toString(UTF_8)).contains("\"RepoTags\":[\"docker.io/lab/app:1\"]");
    assertThatThrownBy(() ->
            DockerArchive.write(
                layout, List.of(image, image), out, new Progress("x"), cancellation))
        .isInstanceOf(Problem.class);
  }

  @Test
  void anArchiveOfALayoutIsALayoutAgain() throws IOException {
    Image image = put(tar("a", "1"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LayoutArchive.write(layout, List.of(image), out, new Progress("x"), cancellation);
    Path there = folder.resolve("there");
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = there.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, in.readAllBytes());
      }
    }
    assertThat(ImageLayout.open(there).images()).containsExactly(image);
  }

  private List<String> flattened(byte[]... layers) throws IOException {
    List<String> shown = new ArrayList<>();
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new ByteArrayInputStream(flatten(1 << 24, layers)))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String content = new String(in.readAllBytes(), UTF_8);
        shown.add(entry.isDirectory() ? entry.getName() + "/" : entry.getName() + "=" + content);
      }
    }
    return shown.stream().map(each -> each.replace("//", "/")).toList();
  }

  private byte[] flatten(long limit, byte[]... layers) throws IOException {
    return flatten(put(layers), limit);
  }

  private byte[] flatten(Image image, long limit) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageFiles.flatten(layout, image, out, limit, new Progress("x"), cancellation);
    return out.toByteArray();
  }

  private Image put(byte[]... layers) throws IOException {
    Descriptor manifest = sample.manifest("linux/arm64", layers);
    Image image =
        new Resolution(
                ImageReference.parse("lab/app:1"), Platform.parse("linux/arm64"), sample::bytes)
            .resolve(manifest);
    try (LayoutChange change = layout.change()) {
      for (Descriptor blob : image.blobs()) change.put(blob, sample.bytes(blob));
      change.add(image);
    }
    return image;
  }

  /// @param namesAndContents in turn; a name that ends with `/` is a folder
  private static byte[] tar(String... namesAndContents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = writer(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        byte[] content = namesAndContents[i + 1].getBytes(UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(namesAndContents[i], true);
        entry.setSize(content.length);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static TarArchiveOutputStream writer(OutputStream to) {
    TarArchiveOutputStream out = new TarArchiveOutputStream(to, "UTF-8");
    out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    return out;
  }

  private static List<TarArchiveEntry> entries(byte[] tar) throws IOException {
    List<TarArchiveEntry> entries = new ArrayList<>();
    try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] zstd(byte[] plain) throws IOException {
    return zstd(plain, 20);
  }

  /// @param window as a power of two
  private static byte[] zstd(byte[] plain, int window) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStreamNoFinalizer(bytes).setWindowLog(window)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
