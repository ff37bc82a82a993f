package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Fn2;
import dev.penstock.pipeline.plan.Step;
import org.jspecify.annotations.Nullable;

final class ScanStage extends StatefulLink {
  private final Fn2<@Nullable Object, @Nullable Object, @Nullable Object> fn;
  private @Nullable Object result;

  ScanStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    Step.Scan scan = (Step.Scan) step;
    fn = scan.fn();
    result = scan.initial();
  }

  @Override
  boolean push(@Nullable Object record) {
    try {
      result = fn.apply(result, record);
    } catch (Exception e) {
      return failed(record, e);
    }
    return down.push(result);
  }

  @Override
  @Nullable Object state() {
    return result;
  }

  @Override
  void restore(@Nullable Object state) {
    result = state;
  }
}
