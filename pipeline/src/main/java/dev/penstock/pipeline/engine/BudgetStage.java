package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Budget;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.ErrorBudgetExceeded;
import org.jspecify.annotations.Nullable;

final class BudgetStage extends StatefulLink {
  private final Budget budget;
  private long records;
  private long failures;

  BudgetStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    budget = ((Step.ErrorBudget) step).budget();
  }

  @Override
  boolean push(@Nullable Object record) {
    records++;
    return down.push(record);
  }

  @Override
  boolean fail(Failure failure) {
    failures++;
    long all = records + failures;
    if (failures > budget.failures()
        || (all >= budget.atLeast() && failures > budget.ratio() * all)) {
      ErrorBudgetExceeded exceeded =
          new ErrorBudgetExceeded(
              failures + " of " + all + " records failed, more than " + meter.name + " allows");
      exceeded.initCause(failure.toThrow());
      throw exceeded;
    }
    return down.fail(failure);
  }

  @Override
  Object state() {
    return new long[] {records, failures};
  }

  @Override
  void restore(@Nullable Object state) {
    if (state instanceof long[] counts) {
      records = counts[0];
      failures = counts[1];
    }
  }
}
