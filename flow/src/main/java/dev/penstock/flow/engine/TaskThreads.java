package dev.penstock.flow.engine;

import java.time.Duration;

/// The threads of tasks that run beside their flow, and the time that their limits are counted by.
interface TaskThreads {
  /// The threads of the JVM, and its time.
  TaskThreads OF_JVM = new JvmThreads();

  /// Begins a thread that waits a lot.
  Begun begin(String name, Runnable body);

  /// Begins one for work that may never answer to an interrupt: it must not take a carrier from the
  /// others.
  Begun beginApart(String name, Runnable body);

  /// A time that only goes forth, in nanoseconds.
  long nanos();

  /// A thread that was begun.
  interface Begun {
    /// Waits until it is over.
    ///
    /// @return whether it is
    boolean join(Duration atMost) throws InterruptedException;

    /// Waits until it is over, however long that takes.
    void join() throws InterruptedException;

    boolean isOver();

    void interrupt();

    /// The thread itself, to be shown.
    Thread thread();
  }
}
