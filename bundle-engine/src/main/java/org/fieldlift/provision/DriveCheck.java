package org.fieldlift.provision;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.drive.target.DeviceError;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;
import org.fieldlift.io.FileTree;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.DriveManifest;
import org.fieldlift.release.DriveManifest.HeldFile;

/// Reads a drive of ours and compares it with what its `drive.json` says.
public final class DriveCheck {
  private static final int BUFFER = 1 << 20;

  private DriveCheck() {}

  /// What the drive says of itself.
  ///
  /// @throws Problem of kind DRIVE when it is not a drive that Fieldlift finished
  public static DriveManifest manifest(FileTree drive) throws IOException {
    Optional<byte[]> json = drive.bytes(DriveManifest.FILE, DriveManifest.LARGEST_JSON);
    if (json.isEmpty()) {
      throw Problem.drive(
          drive.name()
              + " is not a drive that Fieldlift finished: it has no "
              + DriveManifest.FILE
              + ".",
          "Write it with: fieldlift drive write");
    }
    return DriveManifest.parse(json.get());
  }

  /// Reads every file.
  ///
  /// @return what is wrong, one sentence each; empty when everything is right
  public static List<String> faults(FileTree drive, Progress progress, Cancellation cancellation)
      throws IOException {
    DriveManifest manifest = manifest(drive);
    manifest.files().forEach(file -> progress.expect(file.size()));
    List<String> faults = unlisted(manifest);
    int number = 0;
    for (HeldFile file : manifest.files()) {
      progress.step("Checking file " + ++number + " of " + manifest.files().size());
      Optional<Content> content = drive.file(file.path());
      if (content.isEmpty()) {
        faults.add(name(file) + " on drive " + manifest.code() + " is missing.");
      } else if (content.get().size() != file.size()) {
        faults.add(
            "%s on drive %s has %d bytes instead of %d."
                .formatted(name(file), manifest.code(), content.get().size(), file.size()));
      } else {
        fault(content.get(), file, progress, cancellation)
            .ifPresent(
                words -> faults.add(name(file) + " on drive " + manifest.code() + " " + words));
      }
    }
    return faults;
  }

  /// A place that cannot be read spoils one file; a drive that says nothing at all ends the check.
  private static Optional<String> fault(
      Content content, HeldFile file, Progress progress, Cancellation cancellation)
      throws IOException {
    try {
      return isRight(content, file.sha256(), progress, cancellation)
          ? Optional.empty()
          : Optional.of("is damaged.");
    } catch (Problem problem) {
      if (!(problem.getCause() instanceof DeviceError)) throw problem;
      return Optional.of("is lost. " + problem.what() + " " + problem.next());
    } catch (InterruptedIOException | ClosedByInterruptException stop) {
      throw stop;
    } catch (IOException mounted) {
      return Optional.of(
          "cannot be read: " + PlainText.of(String.valueOf(mounted.getMessage())) + ".");
    }
  }

  /// What lies on this drive by the map of its releases must be among the files that are read, with
  /// the same digest. Stops a list that leaves something out from making a damaged drive look
  /// right.
  private static List<String> unlisted(DriveManifest manifest) {
    Map<String, Digest> listed = new HashMap<>();
    manifest.files().forEach(file -> listed.put(file.path(), file.sha256()));
    List<String> faults = new ArrayList<>();
    for (DriveManifest.HeldRelease release : manifest.releases()) {
      String json = DriveManifest.releaseFolder(release.id()) + "/release.json";
      boolean isListed = release.id().equals(listed.get(json));
      for (DriveManifest.HeldPiece held : release.pieces()) {
        boolean isHere = held.drive() == manifest.number();
        String path = DriveManifest.piecePath(held.piece());
        isListed &= !isHere || held.sha256().equals(listed.get(path));
      }
      if (!isListed) {
        faults.add(
            "The drive.json of drive %s does not list all files of release %s."
                .formatted(manifest.code(), release.id().brief()));
      }
    }
    return faults;
  }

  private static boolean isRight(
      Content content, Digest expected, Progress progress, Cancellation cancellation)
      throws IOException {
    Digest.Hasher hasher = new Digest.Hasher();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    for (long at = 0; at < content.size(); at += BUFFER) {
      cancellation.check();
      buffer.clear().limit((int) Math.min(BUFFER, content.size() - at));
      content.read(at, buffer);
      hasher.update(buffer.flip());
      progress.advance(buffer.limit());
    }
    return hasher.digest().equals(expected);
  }

  private static String name(HeldFile file) {
    return PlainText.of(file.path());
  }
}
