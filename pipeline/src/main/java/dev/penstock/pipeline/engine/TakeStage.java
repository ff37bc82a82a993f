package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Step;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class TakeStage extends StatefulLink {
  private long left;

  TakeStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    left = ((Step.Take) step).count();
    if (left == 0) {
      segment.stop(this);
    }
  }

  @Override
  boolean push(@Nullable Object record) {
    if (left == 0) {
      return false;
    }
    left--;
    meter.out++;
    boolean more = down.push(record);
    if (left == 0) {
      segment.stop(this);
      return false;
    }
    return more;
  }

  @Override
  boolean fail(Failure failure) {
    return left > 0 && down.fail(failure);
  }

  @Override
  Long state() {
    return left;
  }

  @Override
  void restore(@Nullable Object state) {
    left = (Long) Objects.requireNonNull(state);
    if (left == 0) {
      segment.stop(this);
    }
  }
}
