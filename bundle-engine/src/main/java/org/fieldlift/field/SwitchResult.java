package org.fieldlift.field;

import java.nio.file.Path;
import java.util.List;
import org.fieldlift.forklift.pallet.Restored;

/// How a switch of the local pallet ended.
public sealed interface SwitchResult {
  /// The workspace has the bundle's pallet and caches.
  ///
  /// @param version of the pallet, with its mark when it has changes
  /// @param restored what became of each cache
  record Switched(String version, Path pallet, List<Restored> restored) implements SwitchResult {
    public Switched {
      restored = List.copyOf(restored);
    }
  }

  /// Refused; the workspace is as it was.
  record Refused(ImportResult.Refused refusal) implements SwitchResult {}
}
