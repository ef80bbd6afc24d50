package org.fieldlift.oci.docker.loading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.io.Cancellation;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.docker.Docker;
import org.fieldlift.oci.docker.StoredImage;

/// Images in a daemon that Fieldlift brought there and nobody needs any more. They are offered;
/// nothing is removed unasked.
///
/// What a person pulled, built or tagged themselves is never offered: only what is remembered, and
/// only while it still is the image it was.
public record UnusedImages(Docker docker, LoadMemory memory) {

  /// @param reference under which the daemon has it
  /// @param size in bytes as the daemon counts them; layers that other images share are not freed
  public record Candidate(ImageReference reference, long size) {}

  /// What a person may want to remove.
  ///
  /// @param needed every reference of every bundle that is kept
  public List<Candidate> find(Collection<ImageReference> needed, Cancellation cancellation)
      throws IOException {
    Set<String> kept = new HashSet<>();
    for (ImageReference each : needed) {
      kept.add(each.canonical());
      if (each.tag() != null) kept.add(each.tagged());
    }
    List<Candidate> candidates = new ArrayList<>();
    for (LoadMemory.Entry entry : memory.entries(docker)) {
      if (kept.contains(entry.reference().canonical())) continue;
      Optional<StoredImage> found = docker.inspect(entry.reference(), cancellation);
      if (found.isEmpty() || !entry.ids().contains(found.get().id())) continue;
      candidates.add(new Candidate(entry.reference(), found.get().size()));
    }
    return List.copyOf(candidates);
  }

  /// Removes one that was offered.
  ///
  /// @return false when a container still needs it
  public boolean remove(Candidate candidate, Cancellation cancellation) throws IOException {
    if (!docker.remove(candidate.reference(), cancellation)) return false;
    memory.remove(docker, candidate.reference());
    return true;
  }
}
