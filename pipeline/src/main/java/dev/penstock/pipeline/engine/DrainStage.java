package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Action;
import dev.penstock.pipeline.plan.Failure;
import org.jspecify.annotations.Nullable;

/// The end of a run without a sink: hands each record to the caller, if it wants them.
final class DrainStage extends Stage {
  private final @Nullable Action<@Nullable Object> each;
  private long records;

  DrainStage(@Nullable Action<@Nullable Object> each) {
    this.each = each;
  }

  @Override
  boolean push(@Nullable Object record) {
    if (each != null) {
      try {
        each.accept(record);
      } catch (Exception e) {
        throw Sneaky.raise(new Failure(record, "forEach", records, 1, e, null).toThrow());
      }
    }
    records++;
    return true;
  }

  @Override
  boolean fail(Failure failure) {
    throw Sneaky.raise(failure.toThrow());
  }

  @Override
  void mark(Mark mark) {}

  @Override
  void end() {}
}
