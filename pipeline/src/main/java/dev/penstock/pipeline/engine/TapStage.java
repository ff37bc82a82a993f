package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Action;
import dev.penstock.pipeline.plan.Step;
import org.jspecify.annotations.Nullable;

final class TapStage extends Link {
  private final Action<@Nullable Object> action;

  TapStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    action = ((Step.Tap) step).action();
  }

  @Override
  boolean push(@Nullable Object record) {
    try {
      action.accept(record);
    } catch (Exception e) {
      return failed(record, e);
    }
    return down.push(record);
  }
}
