package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

final class DistinctConsecutiveStage extends StatefulLink {
  private final Fn<@Nullable Object, @Nullable Object> key;
  private boolean any;
  private @Nullable Object last;

  DistinctConsecutiveStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    key = ((Step.DistinctConsecutive) step).key();
  }

  @Override
  boolean push(@Nullable Object record) {
    boolean same;
    try {
      Object k = key.apply(record);
      same = any && Objects.equals(k, last);
      any = true;
      last = k;
    } catch (Exception e) {
      return failed(record, e);
    }
    if (same) {
      meter.dropped++;
      return true;
    }
    return down.push(record);
  }

  @Override
  Object state() {
    List<@Nullable Object> state = new ArrayList<>();
    if (any) {
      state.add(last);
    }
    return state;
  }

  @Override
  void restore(@Nullable Object state) {
    if (state instanceof List<?> stored && !stored.isEmpty()) {
      any = true;
      last = stored.getFirst();
    }
  }
}
