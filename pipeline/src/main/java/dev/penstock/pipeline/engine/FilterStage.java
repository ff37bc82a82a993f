package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Check;
import dev.penstock.pipeline.plan.Step;
import org.jspecify.annotations.Nullable;

final class FilterStage extends Link {
  private final Check<@Nullable Object> keep;

  FilterStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    keep = ((Step.Filter) step).keep();
  }

  @Override
  boolean push(@Nullable Object record) {
    boolean holds;
    try {
      holds = keep.holds(record);
    } catch (Exception e) {
      return failed(record, e);
    }
    if (holds) {
      return down.push(record);
    }
    meter.dropped++;
    return true;
  }
}
