package dev.penstock.flow.engine;

import dev.penstock.flow.store.Lease;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoredLetter;
import dev.penstock.pipeline.plan.SourcePosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The dead letters of a task that runs a pipeline: where they are kept, and which are to be tried
/// again.
public final class TaskLetters {
  private final Store store;
  private final Lease lease;
  private final String taskRun;

  TaskLetters(Store store, Lease lease, String taskRun) {
    this.store = store;
    this.lease = lease;
    this.taskRun = taskRun;
  }

  /// Keeps one, without waiting for it.
  public void keep(
      String step,
      long number,
      int attempts,
      StoredLetter.Cause cause,
      StoredLetter.Content content,
      @Nullable SourcePosition position) {
    var unused =
        store
            .deadLetters()
            .keepSoon(
                lease,
                new StoredLetter.Draft(taskRun, step, number, attempts, cause, content, position));
  }

  /// Those that somebody asked to be tried again, in place of all that the source has.
  public List<StoredLetter> asked() {
    return store.deadLetters().asked(taskRun);
  }

  /// What was asked for was done.
  public void replayed() {
    if (!asked().isEmpty()) {
      store.deadLetters().replayed(lease, taskRun);
    }
  }
}
