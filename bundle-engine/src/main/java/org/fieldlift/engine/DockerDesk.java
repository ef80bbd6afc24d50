package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.docker.loading.ImagePlan;
import org.fieldlift.oci.docker.loading.LoadOutcome;
import org.fieldlift.oci.docker.loading.UnusedImages.Candidate;
import org.fieldlift.oci.docker.loading.Way;

/// The Docker on this machine, and the images in it.
public interface DockerDesk {
  /// @param layout folder of an OCI image layout; nothing for this station's own images
  /// @param references of the images to load, as they were written; empty for all there are for
  ///   this Docker's platform
  /// @param socket of the daemon; nothing for the one Docker's own programs use
  record LoadOrder(Optional<Path> layout, List<String> references, Optional<Path> socket, Way way) {
    public LoadOrder {
      references = List.copyOf(references);
    }
  }

  /// Undoes what a run left on this machine that was ended while images loaded; every plan does so
  /// first.
  ///
  /// @return false when there was nothing, or this user may not
  boolean undoLeft(Optional<Path> socket) throws IOException;

  /// What loading would do; changes nothing.
  ImagePlan plan(LoadOrder order, Cancellation cancellation) throws IOException;

  /// @param evenIfReachable true when registries that can be reached may be stood in for meanwhile
  LoadOutcome load(
      ImagePlan plan,
      Optional<Path> socket,
      boolean evenIfReachable,
      Progress progress,
      Cancellation cancellation)
      throws IOException;

  /// Every image that the apps of a stage store's bundles run.
  ///
  /// @param evenNone true when a person knows that the store may have no bundle any more
  /// @throws org.fieldlift.io.Problem of kind USAGE when the store is not there or has no bundle:
  ///   more likely it is the wrong one than that no image is needed
  List<ImageReference> needed(Path stageStore, boolean evenNone) throws IOException;

  /// Images Fieldlift brought there that nobody needs any more.
  ///
  /// @param needed every reference of every bundle that is kept
  List<Candidate> unused(
      Optional<Path> socket, Collection<ImageReference> needed, Cancellation cancellation)
      throws IOException;

  /// @return false when a container still needs it
  boolean remove(Optional<Path> socket, Candidate candidate, Cancellation cancellation)
      throws IOException;
}
