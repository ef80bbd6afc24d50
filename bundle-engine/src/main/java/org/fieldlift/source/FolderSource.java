package org.fieldlift.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.DirectoryTree;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.io.SafePath;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.ReleaseForms;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.release.StoredRelease;
import org.fieldlift.store.ReleaseStore;

/// A folder of releases: on this machine, on a share, on a mounted drive.
final class FolderSource implements Source {
  private final String name;
  private final Path folder;
  private volatile List<String> faults = List.of();

  FolderSource(String name, Path folder) {
    this.name = name;
    this.folder = folder;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String location() {
    return folder.toString();
  }

  /// What lies in the folder, and what its `index.json` names that lies deeper.
  @Override
  public List<Offer> look(Cancellation cancellation) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw Problem.failed(
          "The folder " + PlainText.of(folder.toString()) + " of source " + name + " is not there.",
          "Connect the drive or share it lies on, or remove this source.");
    }
    FolderScan scan = FolderScan.of(folder, cancellation);
    List<Offer> offers = new ArrayList<>(scan.offers());
    List<String> found = new ArrayList<>(scan.faults());
    for (Offer offer : listed(found)) {
      boolean isNew = offers.stream().noneMatch(other -> other.id().equals(offer.id()));
      if (isNew && Files.exists(folder.resolve(offer.path()))) offers.add(offer);
    }
    faults = List.copyOf(found);
    return List.copyOf(offers);
  }

  /// An `index.json` may be of another program, or damaged; what lies in the folder is there
  /// without it.
  private List<Offer> listed(List<String> into) {
    try {
      Optional<byte[]> index =
          new DirectoryTree(folder).bytes(ReleaseIndex.FILE, ReleaseIndex.LARGEST_JSON);
      return index.isPresent() ? ReleaseIndex.parse(index.get()).offers() : List.of();
    } catch (IOException e) {
      into.add(DiskTrouble.with(folder.resolve(ReleaseIndex.FILE), e).what());
      return List.of();
    }
  }

  @Override
  public List<String> faults() {
    return faults;
  }

  @Override
  public SignedRelease head(Offer offer, Cancellation cancellation) throws IOException {
    try (OpenRelease open = open(offer)) {
      return open.signed();
    }
  }

  @Override
  public StoredRelease fetch(
      Offer offer,
      SignedRelease judged,
      ReleaseStore store,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    try (OpenRelease open = open(offer)) {
      if (!open.signed().id().equals(judged.id())) throw changed(offer);
      return store.admit(open, judged, progress, cancellation);
    }
  }

  private OpenRelease open(Offer offer) throws IOException {
    Optional<String> fault = SafePath.fault(offer.path());
    if (fault.isPresent()) {
      throw Problem.notGenuine(
          "Source " + name + " names a path that " + fault.get() + ".", "Remove this source.");
    }
    OpenRelease open = ReleaseForms.open(folder.resolve(offer.path()));
    if (open.signed().id().equals(offer.id())) return open;
    open.close();
    throw changed(offer);
  }

  private Problem changed(Offer offer) {
    return Problem.failed(
        "%s in source %s is not the release it was when it was listed."
            .formatted(PlainText.of(offer.path()), name),
        "Look for new releases, then try again.");
  }
}
