package org.fieldlift.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.fieldlift.drive.BlockTargets;
import org.fieldlift.drive.Likeness;
import org.fieldlift.drive.Sample;
import org.fieldlift.drive.target.TargetFacts;
import org.fieldlift.fat32.VolumeReader;
import org.fieldlift.io.Content;
import org.fieldlift.io.DirectoryTree;
import org.fieldlift.io.FileTree;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.DriveManifest;
import org.fieldlift.release.ReleaseForms;

/// Looks at a drive without changing it.
public final class DriveLook {
  /// Most foreign files that are counted and named before a drive is called simply "full of files".
  public static final int MOST_FILES = 10_000;

  private static final int FIRST_SECTOR = 512;

  private DriveLook() {}

  /// What a drive holds now.
  public sealed interface Now {
    /// One phrase for people: "holds 214 files that are not ours".
    String words();

    /// Nothing anybody could miss ([Sample#isBlank]).
    record Blank() implements Now {
      @Override
      public String words() {
        return "empty";
      }
    }

    /// A virtual drive that is not there yet, and will be made when it is written.
    record NotMade() implements Now {
      @Override
      public String words() {
        return "will be made";
      }
    }

    /// A drive that Fieldlift finished.
    record Ours(DriveManifest manifest, long used) implements Now {
      @Override
      public String words() {
        List<String> releases =
            manifest.releases().stream()
                .map(held -> PlainText.of(held.product() + " " + held.label()))
                .toList();
        return "holds " + (releases.isEmpty() ? "no release" : String.join(", ", releases));
      }
    }

    /// Somebody's files.
    ///
    /// @param files paths, at most [#MOST_FILES]
    record Foreign(String label, List<String> files, long used) implements Now {
      @Override
      public String words() {
        if (files.isEmpty()) return "formatted, without files";
        return "holds "
            + (files.size() >= MOST_FILES ? "more than " + MOST_FILES : files.size())
            + (files.size() == 1 ? " file that is not ours" : " files that are not ours");
      }
    }

    /// Bytes that are no FAT32 volume: another file system, or a broken drive.
    record Unreadable(String why) implements Now {
      @Override
      public String words() {
        return "holds something this computer cannot read";
      }
    }
  }

  /// @param facts size, model, and whether it may be written
  /// @param lookedAt by what it is known again
  public record Drive(TargetFacts facts, Now now, Likeness lookedAt) {}

  /// A virtual drive or block device and what is on it. One that must not be written is not read.
  public static Drive at(Path path) throws IOException {
    TargetFacts facts = BlockTargets.look(path);
    if (!facts.refusal().isEmpty()) {
      return new Drive(
          facts,
          new Now.Unreadable(facts.refusal()),
          new Likeness(facts.hardware(), Optional.empty()));
    }
    Optional<Sample> sample = sample(path);
    return new Drive(
        facts, now(path, sample), new Likeness(facts.hardware(), sample.map(Sample::digest)));
  }

  /// A virtual drive as it would be if it were made.
  ///
  /// @throws Problem of kind USAGE when it cannot be made there, or not of that size
  public static Drive notMade(Path file, long size) throws IOException {
    TargetFacts facts = BlockTargets.foresee(file, size, 512);
    Sample sample = Sample.ofNew(facts.size());
    return new Drive(facts, new Now.NotMade(), new Likeness("", Optional.of(sample.digest())));
  }

  /// The files of a drive: a virtual drive, a block device, or the folder where one is mounted.
  ///
  /// @throws Problem of kind DRIVE when there is nothing to read
  public static FileTree open(Path path) throws IOException {
    if (Files.isDirectory(path)) return new DirectoryTree(path);
    if (!Files.exists(path)) {
      throw Problem.usage(
          "There is no drive at " + PlainText.of(path.toString()) + ".",
          "Give a virtual drive's file, a block device, or the folder where a drive is mounted.");
    }
    return VolumeReader.open(BlockTargets.content(path), path.toString());
  }

  /// Whether a file can be nothing but a virtual drive: it holds a volume, or begins with zeros
  /// like a drive that was never finished, and unlike every release.
  public static boolean isDriveFile(Path file) throws IOException {
    Content bytes = Content.of(file, Files.size(file));
    if (VolumeReader.looksLikeVolume(bytes)) return true;
    byte[] first = bytes.slice(0, Math.min(FIRST_SECTOR, bytes.size())).bytes(FIRST_SECTOR, "");
    return first.length == FIRST_SECTOR && Arrays.equals(first, new byte[FIRST_SECTOR]);
  }

  /// Nothing for a drive with a place that cannot be read: it may be good enough all the same.
  private static Optional<Sample> sample(Path path) {
    try {
      return Optional.of(Sample.of(BlockTargets.content(path)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Now now(Path path, Optional<Sample> sample) {
    try {
      Content bytes = BlockTargets.content(path);
      if (!VolumeReader.looksLikeVolume(bytes)) {
        return sample.isPresent() && sample.get().isBlank()
            ? new Now.Blank()
            : new Now.Unreadable("not FAT32");
      }
      VolumeReader volume = VolumeReader.open(bytes, path.toString());
      if (ReleaseForms.isDrive(volume)) return ours(volume);
      return new Now.Foreign(volume.label(), files(volume), volume.usedBytes());
    } catch (IOException e) {
      return new Now.Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static Now ours(VolumeReader volume) throws IOException {
    byte[] json = volume.bytes(DriveManifest.FILE, DriveManifest.LARGEST_JSON).orElseThrow();
    return new Now.Ours(DriveManifest.parse(json), volume.usedBytes());
  }

  private static List<String> files(FileTree tree) throws IOException {
    List<String> found = new ArrayList<>();
    Deque<String> folders = new ArrayDeque<>(List.of(""));
    while (!folders.isEmpty() && found.size() < MOST_FILES) {
      String folder = folders.removeFirst();
      for (FileTree.Child child : tree.list(folder)) {
        String path = folder.isEmpty() ? child.name() : folder + "/" + child.name();
        if (child.isFolder()) folders.addLast(path);
        else if (found.size() < MOST_FILES) found.add(path);
      }
    }
    return found;
  }
}
