package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Check;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Step;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class TakeWhileStage extends StatefulLink {
  private final Check<@Nullable Object> check;
  private boolean over;

  TakeWhileStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    check = ((Step.TakeWhile) step).check();
  }

  @Override
  boolean push(@Nullable Object record) {
    if (over) {
      return false;
    }
    boolean holds;
    try {
      holds = check.holds(record);
    } catch (Exception e) {
      return failed(record, e);
    }
    if (holds) {
      meter.out++;
      return down.push(record);
    }
    over = true;
    segment.stop(this);
    return false;
  }

  @Override
  boolean fail(Failure failure) {
    return !over && down.fail(failure);
  }

  @Override
  Boolean state() {
    return over;
  }

  @Override
  void restore(@Nullable Object state) {
    over = (Boolean) Objects.requireNonNull(state);
    if (over) {
      segment.stop(this);
    }
  }
}
