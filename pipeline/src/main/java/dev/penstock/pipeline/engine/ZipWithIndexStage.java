package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Indexed;
import dev.penstock.pipeline.plan.Step;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class ZipWithIndexStage extends StatefulLink {
  private long next;

  ZipWithIndexStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
  }

  @Override
  boolean push(@Nullable Object record) {
    return down.push(new Indexed<>(next++, record));
  }

  @Override
  Long state() {
    return next;
  }

  @Override
  void restore(@Nullable Object state) {
    next = (Long) Objects.requireNonNull(state);
  }
}
