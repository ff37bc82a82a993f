package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The steps that run synchronously, one record at a time, and what they share. One thread at a
/// time is inside.
final class Segment {
  static final int IDLE = 0;
  static final int BUSY = 1;
  static final int WAITING = 2;
  static final int BLOCKED = 3;

  final Run run;
  final int number;
  final boolean pulled;

  /// Where it starts; set when that is made, after its stages.
  @Nullable Head head;

  /// Set when the head shall stop: a limit is reached, or a failure ends the pipeline well.
  boolean stopped;

  private int stages;
  private int lowestStopped = Integer.MAX_VALUE;

  /// How many steps hold records back.
  int open;

  /// What the thread inside does; read by the sampler.
  int state = IDLE;

  /// Steps that may be stopped in the middle of their output, the one nearest to the end first.
  private final List<Resumable> resumables = new ArrayList<>();

  /// A step that can go on later with output that it could not hand over.
  interface Resumable {
    boolean suspended();

    void proceed();
  }

  /// @param pulled whether it runs only as far as somebody asks for a record
  Segment(Run run, int number, boolean pulled) {
    this.run = run;
    this.number = number;
    this.pulled = pulled;
  }

  /// Adds a stage; stages are added from the end up.
  ///
  /// @return its place, 0 for the one nearest to the end
  int add(Link stage) {
    if (stage instanceof Resumable resumable) {
      resumables.add(resumable);
    }
    return stages++;
  }

  /// A stage wants nothing more: the head shall stop, and what stages above it hold is of no use.
  void stop(Link stage) {
    stopped = true;
    lowestStopped = Math.min(lowestStopped, stage.place);
  }

  /// Whether a stage below this one wants nothing more.
  boolean isStoppedBelow(Link stage) {
    return lowestStopped < stage.place;
  }

  /// Which record of the source is behind what is handed on at the moment; null where that is not
  /// known.
  @Nullable SourcePosition position() {
    return head == null ? null : head.position();
  }

  /// Lets the suspended step nearest to the end go on; false when none is suspended.
  boolean proceed() {
    for (int i = 0; i < resumables.size(); i++) {
      Resumable stage = resumables.get(i);
      if (stage.suspended()) {
        stage.proceed();
        return true;
      }
    }
    return false;
  }

  boolean suspended() {
    for (int i = 0; i < resumables.size(); i++) {
      if (resumables.get(i).suspended()) {
        return true;
      }
    }
    return false;
  }
}
