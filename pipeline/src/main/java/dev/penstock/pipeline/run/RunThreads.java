package dev.penstock.pipeline.run;

import dev.penstock.pipeline.run.RunListeners.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What the threads of all runs of this process are given by the thread that begins the run, such
/// as scoped values, which they would not have by themselves. Safe for use by several threads.
public final class RunThreads {
  private static final List<Giver> ALL = new CopyOnWriteArrayList<>();

  private RunThreads() {}

  /// Asked on the thread that begins a run.
  @FunctionalInterface
  public interface Giver {
    /// What that thread has to give.
    Gift take();
  }

  /// What one thread gives to others.
  @FunctionalInterface
  public interface Gift {
    /// Does the work of a thread of the run, which has the gift meanwhile.
    ///
    /// @param inTurn whether it stands in for the thread that began the run, which waits while the
    ///   steps below it work: what they do has an order; else it works beside it
    void run(Runnable work, boolean inTurn);
  }

  /// Adds a giver, until the registration is closed.
  public static Registration add(Giver giver) {
    ALL.add(giver);
    return () -> ALL.remove(giver);
  }

  /// What the calling thread has to give.
  public static Gift take() {
    Gift all = (work, _) -> work.run();
    for (Giver giver : ALL) {
      Gift outer = all;
      Gift gift = giver.take();
      all = (work, inTurn) -> outer.run(() -> gift.run(work, inTurn), inTurn);
    }
    return all;
  }
}
