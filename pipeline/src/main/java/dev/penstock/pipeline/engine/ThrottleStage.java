package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Step;
import org.jspecify.annotations.Nullable;

final class ThrottleStage extends Link {
  private final Pacer pacer;

  ThrottleStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    pacer = segment.run.pacer(((Step.Throttle) step).limiter());
  }

  @Override
  boolean push(@Nullable Object record) {
    pace();
    return down.push(record);
  }

  @Override
  boolean fail(Failure failure) {
    pace();
    return down.fail(failure);
  }

  private void pace() {
    int before = segment.state;
    segment.state = Segment.BLOCKED;
    try {
      pacer.acquire();
    } catch (InterruptedException e) {
      throw Sneaky.raise(e);
    }
    segment.state = before;
  }
}
