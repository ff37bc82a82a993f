package dev.penstock.flow.engine;

import static java.util.Objects.requireNonNull;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.NewFlowRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A flow called by a flow: a run of its own, on the thread of its caller, which waits when it
/// does.
///
/// @param <R> what the flow returns
final class Subflow<R extends @Nullable Object> implements TaskWork<R> {
  private final Scope caller;
  private final FlowProgram program;
  private final String parameters;
  private final Format<R> format;

  Subflow(Scope caller, FlowProgram program, String parameters, Format<R> format) {
    this.caller = caller;
    this.program = program;
    this.parameters = parameters;
    this.format = format;
  }

  @Override
  public R run(TaskRunning running) throws Exception {
    String id = requireNonNull(running.child());
    create(id, running);
    while (true) {
      RunContext parent = caller.context();
      RunEngine engine = parent.engine();
      Optional<Claimed> claimed =
          engine.store().flowRuns().takeSubflow(parent.lease(), id, engine.settings().lease());
      if (claimed.isEmpty()) {
        FlowRun found = engine.store().flowRuns().find(id).orElseThrow();
        return ended(new FlowEnd(id, found.name(), found.state(), found.result(), null));
      }
      FlowEnd end = new FlowExecution(engine, claimed.get(), program, Scope.CURRENT.get()).run();
      parent.checkpoint();
      if (end.state().name() != StateName.AWAITING_RETRY) {
        return ended(end);
      }
      Duration left = engine.store().flowRuns().untilDue(id).orElseThrow();
      engine.settings().clock().sleep(Math.max(0, left.toNanos()));
    }
  }

  private void create(String id, TaskRunning running) {
    FlowRun parent = caller.context().run();
    FlowRun.Call call =
        new FlowRun.Call(
            parameters,
            List.of(),
            parent.id(),
            parent.call().root() == null ? parent.id() : parent.call().root(),
            running.name(),
            null,
            null,
            null);
    caller
        .context()
        .store()
        .flowRuns()
        .createSubflow(
            caller.context().lease(),
            new NewFlowRun(
                id,
                RunNames.next(RandomGenerator.getDefault()),
                FlowRun.Origin.here(program.flow(), program.version(), parent.origin().source()),
                call,
                null));
  }

  private R ended(FlowEnd end) throws Exception {
    State state = end.state();
    if (state.type() == StateType.COMPLETED) {
      return format.read(end.result());
    }
    if (state.type() == StateType.PAUSED) {
      FlowRun waiting = caller.context().store().flowRuns().find(end.run()).orElseThrow();
      throw new Unwind.Waits(
          state.name() == StateName.PAUSED,
          waiting.due(),
          "waiting for subflow run '" + end.name() + "'");
    }
    throw end.failure() == null ? new SubflowFailed(end) : Thrown.unchecked(end.failure());
  }

  @Override
  public @Nullable String write(R value) {
    return format.write(value);
  }

  @Override
  public R read(@Nullable String kept) {
    return format.read(kept);
  }
}
