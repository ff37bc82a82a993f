package dev.penstock.flow.engine;

import dev.penstock.flow.store.Fenced;
import dev.penstock.flow.store.StoreUnavailable;
import dev.penstock.flow.store.StoredArtifact;

/// Where an artifact of a run lies in the store. Safe for use by several threads.
public final class ArtifactSlot {
  private final RunContext context;
  private final StoredArtifact.Draft begun;

  private ArtifactSlot(RunContext context, StoredArtifact.Draft begun) {
    this.context = context;
    this.begun = begun;
  }

  static ArtifactSlot fill(
      Scope scope, StoredArtifact.Kind kind, String key, String description, String data) {
    RunContext context = scope.context();
    RunLog.TaskLabel task = scope.task();
    StoredArtifact.Draft draft =
        new StoredArtifact.Draft(
            scope.nextArtifact(), task == null ? null : task.id(), kind, key, description, data);
    try {
      context.store().artifacts().write(context.lease(), draft);
    } catch (Fenced | StoreUnavailable e) {
      context.lose(e);
      throw new Unwind.Lost(e);
    }
    return new ArtifactSlot(context, draft);
  }

  /// Puts other data in the place of what is there, soon.
  ///
  /// @param data a JSON value
  public void change(String data) {
    StoredArtifact.Draft changed =
        new StoredArtifact.Draft(
            begun.id(), begun.taskRun(), begun.kind(), begun.key(), begun.description(), data);
    var unused = context.store().artifacts().writeSoon(context.lease(), changed);
  }
}
