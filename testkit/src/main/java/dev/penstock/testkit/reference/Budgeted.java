package dev.penstock.testkit.reference;

import dev.penstock.pipeline.plan.Budget;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.ErrorBudgetExceeded;
import dev.penstock.testkit.reference.Emission.Failed;
import dev.penstock.testkit.reference.Emission.Value;
import dev.penstock.testkit.reference.Reference.Node;

/// An error budget.
final class Budgeted extends Node {
  private final Budget budget;
  private long all;
  private long failures;

  Budgeted(Step.ErrorBudget step, Node upstream) {
    super(step, upstream);
    budget = step.budget();
  }

  @Override
  Emission advance() {
    Emission given = pull();
    if (given instanceof Value || given instanceof Failed) {
      all++;
    }
    if (given instanceof Failed) {
      failures++;
      boolean tooLarge = all >= budget.atLeast() && failures > budget.ratio() * all;
      if (failures > budget.failures() || tooLarge) {
        throw new ErrorBudgetExceeded(failures + " of " + all);
      }
    }
    return given;
  }
}
