package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Check;
import dev.penstock.pipeline.plan.Step;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class DropWhileStage extends StatefulLink {
  private final Check<@Nullable Object> check;
  private boolean passing;

  DropWhileStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    check = ((Step.DropWhile) step).check();
  }

  @Override
  boolean push(@Nullable Object record) {
    if (!passing) {
      try {
        passing = !check.holds(record);
      } catch (Exception e) {
        return failed(record, e);
      }
      if (!passing) {
        meter.dropped++;
        return true;
      }
    }
    return down.push(record);
  }

  @Override
  Boolean state() {
    return passing;
  }

  @Override
  void restore(@Nullable Object state) {
    passing = (Boolean) Objects.requireNonNull(state);
  }
}
