package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Fn;
import dev.penstock.pipeline.plan.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class DistinctStage extends StatefulLink {
  private final Fn<@Nullable Object, @Nullable Object> key;
  private final int remembered;
  private final Set<@Nullable Object> seen = new LinkedHashSet<>();

  DistinctStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    Step.Distinct distinct = (Step.Distinct) step;
    key = distinct.key();
    remembered = distinct.remembered();
  }

  @Override
  boolean push(@Nullable Object record) {
    boolean isNew;
    try {
      isNew = seen.add(key.apply(record));
    } catch (Exception e) {
      return failed(record, e);
    }
    if (!isNew) {
      meter.dropped++;
      return true;
    }
    if (seen.size() > remembered) {
      Iterator<?> oldest = seen.iterator();
      oldest.next();
      oldest.remove();
    }
    return down.push(record);
  }

  @Override
  Object state() {
    return new ArrayList<>(seen);
  }

  @Override
  void restore(@Nullable Object state) {
    seen.clear();
    if (state instanceof Collection<?> keys) {
      seen.addAll(keys);
    }
  }
}
