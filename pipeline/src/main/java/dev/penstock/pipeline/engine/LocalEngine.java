package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Action;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.RecordIterator;
import dev.penstock.pipeline.run.RunOptions;
import dev.penstock.pipeline.run.Summary;
import org.jspecify.annotations.Nullable;

/// Runs plans on this machine.
public final class LocalEngine {
  private LocalEngine() {}

  public static Summary run(
      Step plan,
      @Nullable Action<Object> each,
      String name,
      @Nullable Resume resume,
      RunOptions options) {
    throw new IllegalStateException("the engine is being written");
  }

  public static <T extends @Nullable Object> RecordIterator<T> iterator(
      Step plan, RunOptions options) {
    throw new IllegalStateException("the engine is being written");
  }
}
