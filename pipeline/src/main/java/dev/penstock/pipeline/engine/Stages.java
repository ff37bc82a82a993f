package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.plan.Step;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/// Which stage does the work of which step.
final class Stages {
  private static final MethodType CONSTRUCTOR =
      MethodType.methodType(void.class, Step.class, Segment.class, Meter.class, Stage.class);

  private Stages() {}

  /// @param special whether the stage gets a class of its own, since many records are to come
  static Link of(Step.Link step, Segment segment, Meter meter, Stage down, boolean special) {
    if (special && copied(step) instanceof Class<?> original) {
      return (Link)
          Specializer.make(original, function(step), down, CONSTRUCTOR, step, segment, meter, down);
    }
    return shared(step, segment, meter, down);
  }

  private static Link shared(Step.Link step, Segment segment, Meter meter, Stage down) {
    return switch (step) {
      case Step.Map s when isCall(s.options()) -> new CallStage(s, segment, meter, down);
      case Step.Map s -> new MapStage(s, segment, meter, down);
      case Step.Tap s when isCall(s.options()) -> new CallStage(s, segment, meter, down);
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

  /// The stages that do so little per record that a class of their own pays.
  private static @Nullable Class<? extends Link> copied(Step.Link step) {
    return switch (step) {
      case Step.Map s -> isCall(s.options()) ? null : MapStage.class;
      case Step.Tap s -> isCall(s.options()) ? null : TapStage.class;
      case Step.Filter _ -> FilterStage.class;
      case Step.FlatMap _ -> FlatMapStage.class;
      case Step.Batch s -> s.key() == null ? BatchStage.class : null;
      case Step.Skip _ -> SkipStage.class;
      case Step.Take _ -> TakeStage.class;
      case Step.Scan _ -> ScanStage.class;
      case Step.Observe _ -> ObserveStage.class;
      case Step.Catching _ -> CatchingStage.class;
      default -> null;
    };
  }

  private static @Nullable Object function(Step.Link step) {
    return switch (step) {
      case Step.Map s -> s.fn();
      case Step.Tap s -> s.action();
      case Step.Filter s -> s.keep();
      case Step.FlatMap s -> s.fn();
      case Step.Scan s -> s.fn();
      default -> null;
    };
  }

  private static boolean isCall(CallOptions options) {
    return !options.equals(CallOptions.NONE);
  }
}
