package dev.penstock.server.view;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import java.time.Duration;
import java.time.Instant;

/// How long a run took, as lists show it; of one that has not started, how long it waits.
public final class RunLength {
  private RunLength() {}

  /// `4 min 12 s`, `late 6 min 0 s`, `waits 7 min 3 s`; empty for one whose time has not come.
  public static String of(FlowRun run, Words words) {
    Instant started = run.times().started();
    if (started != null) {
      Instant ended = run.times().ended();
      return Words.duration(Duration.between(started, ended == null ? words.now() : ended));
    }
    StateName state = run.state().name();
    if (state == StateName.LATE) {
      return "late " + words.since(run.due());
    }
    return state == StateName.AWAITING_CONCURRENCY_SLOT
        ? "waits " + words.since(run.state().at())
        : "";
  }
}
