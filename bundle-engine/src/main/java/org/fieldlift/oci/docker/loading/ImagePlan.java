package org.fieldlift.oci.docker.loading;

import java.util.List;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.docker.DaemonFacts;

/// What loading would do, before anything is done.
///
/// @param way chosen for this daemon; never [Way#AUTO]
/// @param bytes of all that is to be loaded, shared layers counted once
/// @param others images left out because they are for other platforms only
public record ImagePlan(
    ImageLayout layout, DaemonFacts daemon, Way way, List<Step> steps, long bytes, int others) {

  /// @param isThere true when the daemon already finds the right image by exactly these words
  public record Step(Image image, boolean isThere) {}

  public ImagePlan {
    steps = List.copyOf(steps);
  }

  public ImagePlan leaving(int images) {
    return new ImagePlan(layout, daemon, way, steps, bytes, images);
  }

  public List<Image> there() {
    return steps.stream().filter(Step::isThere).map(Step::image).toList();
  }

  public List<Image> missing() {
    return steps.stream().filter(step -> !step.isThere()).map(Step::image).toList();
  }
}
