package dev.penstock.pipeline.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A handle by which any thread stops the runs that were given it.
public final class Cancellation {
  private final List<Runnable> actions = new CopyOnWriteArrayList<>();
  private volatile boolean cancelled;

  /// Stops every run that was or will be given this handle. Returns at once.
  public void cancel() {
    cancelled = true;
    actions.forEach(Runnable::run);
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /// Runs an action when cancelled, at once if that has happened. It may run twice and must not
  /// throw.
  public RunListeners.Registration onCancel(Runnable action) {
    actions.add(action);
    if (cancelled) {
      action.run();
    }
    return () -> actions.remove(action);
  }

  @Override
  public String toString() {
    return "Cancellation[" + (cancelled ? "cancelled" : "open") + "]";
  }
}
