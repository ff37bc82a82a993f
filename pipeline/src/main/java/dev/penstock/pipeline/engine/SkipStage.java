package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Step;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class SkipStage extends StatefulLink {
  private long left;

  SkipStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    left = ((Step.Skip) step).count();
  }

  @Override
  boolean push(@Nullable Object record) {
    if (left == 0) {
      return down.push(record);
    }
    left--;
    meter.dropped++;
    return true;
  }

  @Override
  Long state() {
    return left;
  }

  @Override
  void restore(@Nullable Object state) {
    left = (Long) Objects.requireNonNull(state);
  }
}
