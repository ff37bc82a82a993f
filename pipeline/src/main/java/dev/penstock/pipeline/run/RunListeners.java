package dev.penstock.pipeline.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The listeners of all runs of this process. Safe for use by several threads.
public final class RunListeners {
  private static final List<RunListener> ALL = new CopyOnWriteArrayList<>();

  private RunListeners() {}

  /// Adds a listener, until the registration is closed.
  public static Registration add(RunListener listener) {
    ALL.add(listener);
    return () -> ALL.remove(listener);
  }

  /// Those registered now.
  public static List<RunListener> all() {
    return List.copyOf(ALL);
  }

  /// Ends the listening when closed.
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
