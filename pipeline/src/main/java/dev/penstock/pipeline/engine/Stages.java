package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.plan.Step;

/// Which stage does the work of which step.
final class Stages {
  private Stages() {}

  static Link of(Step.Link step, Segment segment, Meter meter, Stage down) {
    return switch (step) {
      case Step.Map s when !s.options().equals(CallOptions.NONE) ->
          new CallStage(s, segment, meter, down);
      case Step.Map s -> new MapStage(s, segment, meter, down);
      case Step.Tap s when !s.options().equals(CallOptions.NONE) ->
          new CallStage(s, segment, meter, down);
      case Step.Tap s -> new TapStage(s, segment, meter, down);
      case Step.FlatMap s -> new FlatMapStage(s, segment, meter, down);
      case Step.Filter s -> new FilterStage(s, segment, meter, down);
      case Step.Batch s when s.key() != null -> new KeyedBatchStage(s, segment, meter, down);
      case Step.Batch s -> new BatchStage(s, segment, meter, down);
      case Step.Throttle s -> new ThrottleStage(s, segment, meter, down);
      case Step.Take s -> new TakeStage(s, segment, meter, down);
      case Step.Skip s -> new SkipStage(s, segment, meter, down);
      case Step.TakeWhile s -> new TakeWhileStage(s, segment, meter, down);
      case Step.DropWhile s -> new DropWhileStage(s, segment, meter, down);
      case Step.Distinct s -> new DistinctStage(s, segment, meter, down);
      case Step.DistinctConsecutive s -> new DistinctConsecutiveStage(s, segment, meter, down);
      case Step.ZipWithIndex s -> new ZipWithIndexStage(s, segment, meter, down);
      case Step.Scan s -> new ScanStage(s, segment, meter, down);
      case Step.Window s -> new WindowStage(s, segment, meter, down);
      case Step.Observe s -> new ObserveStage(s, segment, meter, down);
      case Step.Catching s -> new CatchingStage(s, segment, meter, down);
      case Step.ErrorBudget s -> new BudgetStage(s, segment, meter, down);
      case Step.Buffer _, Step.To _ -> throw new IllegalArgumentException("has no stage: " + step);
    };
  }
}
