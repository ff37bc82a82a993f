package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.plan.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Windows are counted, never cut short: a mark stores what they hold instead.
final class WindowStage extends StatefulLink {
  private final int size;
  private final int every;
  private List<@Nullable Object> held = new ArrayList<>();
  private boolean anyOut;

  WindowStage(Step step, Segment segment, Meter meter, Stage down) {
    super(step, segment, meter, down);
    Step.Window window = (Step.Window) step;
    size = window.size();
    every = window.every();
  }

  @Override
  boolean push(@Nullable Object record) {
    held.add(record);
    if (held.size() < size) {
      return true;
    }
    List<@Nullable Object> full = held;
    held = new ArrayList<>(full.subList(every, size));
    return send(full);
  }

  private boolean send(List<@Nullable Object> window) {
    anyOut = true;
    return release(window);
  }

  /// The last cut comes down before the end: what the end would send belongs to the last unit.
  @Override
  void mark(Mark mark) {
    if (mark.last) {
      sendRest();
    }
    super.mark(mark);
  }

  @Override
  void end() {
    sendRest();
    down.end();
  }

  private void sendRest() {
    if (!held.isEmpty() && (every == size || !anyOut)) {
      List<@Nullable Object> rest = held;
      held = new ArrayList<>();
      send(rest);
    }
  }

  @Override
  Object state() {
    List<@Nullable Object> state = new ArrayList<>(held);
    state.add(anyOut);
    return state;
  }

  @Override
  void restore(@Nullable Object state) {
    if (state instanceof List<?> stored) {
      held = new ArrayList<>(stored.subList(0, stored.size() - 1));
      anyOut = Boolean.TRUE.equals(stored.getLast());
    }
  }
}
