package org.fieldlift.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.fieldlift.forklift.BundleContents;
import org.fieldlift.forklift.BundleContents.Download;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.forklift.program.ForkliftProgram;
import org.fieldlift.forklift.program.ScratchWorkspace;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.Platform;

/// Lets Forklift stage the local pallet for a platform, in a workspace aside, from downloads that
/// are of that platform.
///
/// Which downloads a pallet needs is known when it is staged. So it is staged first with what is
/// here; where that was of an unknown platform, or came from a web server whose answer Forklift did
/// not look at, it is got anew, and when it is another file the pallet is staged again.
///
/// @param station the caches of the platform
/// @param offline nothing may be fetched by us
public record PalletStaging(
    ForkliftProgram program,
    Platform platform,
    CacheFolders station,
    Images images,
    boolean offline) {

  /// @param bundle the staged bundle's folder
  /// @param caches git's things that it was staged from
  public record Staged(Path bundle, CacheFolders caches) {}

  /// @param workspace a person's; it is not changed
  /// @param scratch an existing folder for what is made
  /// @throws Problem with Forklift's own words when it cannot
  public Staged stage(
      Workspace workspace, Path scratch, Progress progress, Cancellation cancellation)
      throws IOException {
    progress.step("Staging the local pallet");
    ScratchWorkspace aside =
        ScratchWorkspace.of(workspace, station, scratch.resolve("workspace"), cancellation);
    Path bundle = stage(aside, scratch.resolve("stages"), progress, cancellation);
    aside.keepImageFiles();
    Supply supply = new Supply(workspace.caches(), station, images, platform, offline);
    if (corrected(BundleContents.of(bundle), aside, supply, progress, cancellation)) {
      progress.step("Staging the local pallet with files for " + platform);
      bundle = stage(aside, scratch.resolve("stages-again"), progress, cancellation);
    }
    return new Staged(bundle, aside.workspace().caches());
  }

  private Path stage(
      ScratchWorkspace aside, Path store, Progress progress, Cancellation cancellation)
      throws IOException {
    Files.createDirectory(store);
    Optional<String> name = Optional.of(platform.toString());
    try {
      return program.stage(aside.workspace(), store, name, progress, cancellation);
    } catch (Problem problem) {
      throw aside.asTold(problem);
    }
  }

  /// @return whether the bundle was staged from something else than it should have been
  private boolean corrected(
      BundleContents contents,
      ScratchWorkspace aside,
      Supply supply,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    boolean isCorrected = false;
    for (Download image : contents.exportImages()) {
      if (!aside.isDoubtful(image.path())) continue;
      Path files = supply.imageFiles(image, progress, cancellation);
      isCorrected |= aside.replace(image.path(), files);
    }
    for (Download file : contents.downloads()) {
      if (offline || !aside.isDoubtful(file.path())) continue;
      isCorrected |= aside.replace(file.path(), supply.file(file, progress, cancellation));
    }
    return isCorrected;
  }
}
