package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Step;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A step that calls its function with retries or at a rate, on the segment's own thread.
final class CallStage extends Link {
  private final Call call;

  CallStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    call = new Call(step, segment.run, meter);
  }

  @Override
  boolean push(@Nullable Object record) {
    Object result = call.apply(record, meter.in() - 1, null, Objects.requireNonNull(segment.head));
    return result instanceof Signal.Failed failed ? down.fail(failed.failure) : down.push(result);
  }
}
