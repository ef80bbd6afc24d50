package org.fieldlift.ledger;

import java.util.List;

/// What checking a ledger found.
///
/// @param events how many were read
/// @param stations how many chains there are
/// @param faults one sentence each; empty when everything holds
public record LedgerCheck(int events, int stations, List<String> faults) {
  public boolean holds() {
    return faults.isEmpty();
  }
}
