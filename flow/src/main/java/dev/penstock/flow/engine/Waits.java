package dev.penstock.flow.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Work that is done when what it waits for is there; until then the body leaves its thread.
///
/// @param <R> what it waits for
final class Waits<R> implements TaskWork<R> {
  private final Calls.Waiting waiting;
  private final boolean paused;
  private final RunEngine engine;
  private final TaskWork<@Nullable R> look;

  /// @param paused whether somebody will say so; else it is looked for
  /// @param look gives null while it is not there
  Waits(Calls.Waiting waiting, boolean paused, RunEngine engine, TaskWork<@Nullable R> look) {
    this.waiting = waiting;
    this.paused = paused;
    this.engine = engine;
    this.look = look;
  }

  @Override
  public R run(TaskRunning running) throws Exception {
    R found = look.run(running);
    if (found != null) {
      return found;
    }
    Instant now = engine.settings().clock().instant();
    Instant end = running.since().plus(waiting.timeout());
    if (!now.isBefore(end)) {
      throw new WaitedTooLong(waiting);
    }
    Instant next = paused ? end : now.plus(waiting.every());
    throw new Unwind.Waits(
        paused, next.isBefore(end) ? next : end, "waiting for '" + waiting.what() + "'");
  }

  @Override
  public @Nullable String write(R result) {
    return look.write(result);
  }

  @Override
  public R read(@Nullable String kept) {
    R found = look.read(kept);
    if (found == null) {
      throw new IllegalStateException(
          "what was waited for is not there any more: " + waiting.what());
    }
    return found;
  }
}
