package org.fieldlift.field;

import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Digest;
import org.fieldlift.trust.Verdict;

/// What an import would do. Every byte of the release was read and found right; nothing was
/// changed.
///
/// @param copy the number under which the stage store holds this very release already
/// @param needed bytes it takes in the stage store, if it is not there
/// @param lack one sentence when there is too little room; empty when there is enough
/// @param apps what becomes of the device's apps once the bundle is applied, by name
/// @param images those of its apps that it brings
public record ImportPlan(
    Digest release,
    String label,
    Verdict verdict,
    Optional<Integer> copy,
    long needed,
    Optional<String> lack,
    List<App> apps,
    List<Image> images)
    implements Foreseen {

  /// What becomes of one deployment, compared with the bundle that is applied today, and the one
  /// that would be applied next.
  public enum Fate {
    NEW,
    STAYS,
    /// Forklift removes it from the device when the bundle is applied.
    REMOVED
  }

  /// @param isThere true when Docker has it already; false, too, when Docker is to be left alone
  public record Image(String reference, boolean isThere) {}

  /// @param name of the deployment
  public record App(String name, Fate fate) {}

  public ImportPlan {
    apps = List.copyOf(apps);
    images = List.copyOf(images);
  }
}
