package dev.penstock.cli.runs;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.FlowRun;
import org.jspecify.annotations.Nullable;

/// What commands say that change where a flow run is.
///
/// @param run as it was before
record Steering(Session session, OutputOption output, FlowRun run) {

  /// The run as it is now: for scripts all of it, for people where it is.
  ///
  /// @param next what will become of it, or what to do; null when its state says it all
  void report(@Nullable String next) {
    FlowRun now =
        Runs.of(session)
            .find(run.id())
            .orElseThrow(() -> new CommandFailed(subject() + " has just been deleted"));
    if (output.json()) {
      output.thing(session.out(), FlowRunText.json(now));
    } else {
      session.say(
          subject()
              + " is "
              + FlowRunText.state(session, now.state())
              + (next == null ? "" : "; " + next));
    }
  }

  /// That the run is in no state for it.
  ///
  /// @param toDo what is possible instead
  CommandFailed refused(String toDo) {
    return new CommandFailed(subject() + " is " + run.state().name().title() + ": " + toDo);
  }

  StateType type() {
    return run.state().type();
  }

  String subject() {
    return "flow run '" + run.name() + "'";
  }

  /// How a run goes on that belongs to no pool, when the process that made it is gone.
  String goOn() {
    String source = run.origin().source();
    return "penstock run " + (source == null ? "FILE.java" : source) + " --flow-run " + run.id();
  }
}
