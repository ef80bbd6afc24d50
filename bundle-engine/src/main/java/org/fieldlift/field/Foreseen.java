package org.fieldlift.field;

/// What a dry run of an import found.
public sealed interface Foreseen permits ImportPlan, Foreseen.Refused {

  /// The import would be refused.
  record Refused(ImportResult.Refused refusal) implements Foreseen {}
}
