package org.fieldlift.desktop.prepare;

import java.io.IOException;
import org.fieldlift.engine.DriveDesk.PlanOrder;
import org.fieldlift.engine.Engine;
import org.fieldlift.io.Problem;
import org.fieldlift.provision.Plan;

/// Asks the engine for a plan and, where it refuses, whether a reason would change its mind.
record Planning(Engine engine) {
  /// Stands for any reason. Planning writes nothing, so nobody ever reads it.
  private static final String SOME_REASON = "?";

  /// What came of it.
  sealed interface Answer {}

  record Made(Plan plan) implements Answer {}

  /// The engine plans this only when the person says why.
  ///
  /// @param what a sentence about what speaks against it
  record Refused(String what) implements Answer {}

  /// @throws Problem when no reason would help
  Answer ask(PlanOrder order) throws IOException {
    try {
      return new Made(engine.drives().plan(order));
    } catch (Problem refusal) {
      if (refusal.kind() == Problem.Kind.USAGE && !order.allowOlder() && wouldPlan(order)) {
        return new Refused(refusal.what());
      }
      throw refusal;
    }
  }

  private boolean wouldPlan(PlanOrder order) throws IOException {
    PlanOrder allowed =
        new PlanOrder(
            order.releases(),
            order.devices(),
            order.drives(),
            order.newSize(),
            order.spread(),
            order.largestPiece(),
            true,
            SOME_REASON);
    try {
      engine.drives().plan(allowed);
      return true;
    } catch (Problem otherwise) {
      return false;
    }
  }
}
