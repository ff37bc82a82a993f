package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Step;
import org.jspecify.annotations.Nullable;

final class MapStage extends Link {
  private final Fn<@Nullable Object, @Nullable Object> fn;

  MapStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    fn = ((Step.Map) step).fn();
  }

  @Override
  boolean push(@Nullable Object record) {
    Object result;
    try {
      result = fn.apply(record);
    } catch (Exception e) {
      return failed(record, e);
    }
    return down.push(result);
  }
}
