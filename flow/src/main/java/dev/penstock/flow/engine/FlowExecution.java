package dev.penstock.flow.engine;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.Fenced;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FlowRuns.Outcome;
import dev.penstock.flow.store.StoreUnavailable;
import dev.penstock.flow.store.Wanted;
import dev.penstock.pipeline.plan.Retry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One flow run in the hands of this process, on the calling thread: its body from the start, with
/// what its tasks have returned before, until it is over or has to wait.
final class FlowExecution {
  private static final String FINISHED = "Finished in state ";

  private final RunContext context;
  private final FlowProgram program;
  private final @Nullable Scope caller;
  private final Instant began;

  /// @param caller of a subflow: the task that called it; null for others
  FlowExecution(RunEngine engine, Claimed claimed, FlowProgram program, @Nullable Scope caller) {
    this.program = program;
    this.caller = caller;
    this.context =
        new RunContext(engine, claimed, program, caller == null ? null : caller.context());
    Instant started = claimed.run().times().started();
    this.began = started == null ? now() : started;
  }

  FlowEnd run() {
    try (RunLog _ = context.log();
        Heartbeats.Watching _ = context.engine().heartbeats().watch(context);
        Prints.Taking _ = Prints.of(program.settings())) {
      Wanted wanted = context.store().flowRuns().begin(context.lease(), program.version());
      if (wanted != null) {
        context.want(wanted);
      }
      context
          .log()
          .flow(
              LogLevel.INFO,
              (context.begunBefore() ? "Resuming" : "Beginning")
                  + " flow run '"
                  + context.run().name()
                  + "' for flow '"
                  + program.flow()
                  + "'");
      return body();
    } catch (Fenced | StoreUnavailable e) {
      return lost(e);
    }
  }

  private FlowEnd body() {
    try {
      String result = once();
      context.checkpoint();
      return over(StateName.COMPLETED, result, null);
    } catch (Fenced | StoreUnavailable e) {
      throw e;
    } catch (Unwind e) {
      return unwound(e);
    } catch (InterruptedException e) {
      return interrupted(e);
    } catch (Exception e) {
      return context.stopping() ? stopped(e) : failed(e);
    } catch (Error e) {
      return over(StateName.FAILED, null, e);
    }
  }

  private @Nullable String once() throws Exception {
    Scope scope = Scope.body(context);
    Duration timeout = program.settings().timeout();
    if (timeout != null) {
      return new Timed<@Nullable String>(
              context, "flow run '" + context.run().name() + "'", timeout, scope)
          .call(this::bodyAndTasks);
    }
    Interruptible work = context.work();
    try {
      return ScopedValue.where(Scope.CURRENT, scope).call(this::bodyAndTasks);
    } catch (InterruptedException e) {
      context.checkpoint();
      throw e;
    } finally {
      context.done(work);
    }
  }

  private @Nullable String bodyAndTasks() throws Exception {
    String result;
    try {
      result = program.call(context.run().call().parameters());
    } finally {
      Prints.endLine();
      context.join();
    }
    Throwable unasked = context.unasked();
    if (unasked != null) {
      throw Thrown.unchecked(unasked);
    }
    return result;
  }

  /// The thread of the body was interrupted by somebody outside, who wants this process to end.
  private FlowEnd interrupted(InterruptedException e) {
    FlowEnd end = over(StateName.CANCELLED, null, e);
    Thread.currentThread().interrupt();
    return end;
  }

  /// A body that fails while its run has to stop has failed for that.
  private FlowEnd stopped(Exception failure) {
    try {
      context.checkpoint();
    } catch (Unwind e) {
      return unwound(e);
    }
    return failed(failure);
  }

  private FlowEnd unwound(Unwind why) {
    return switch (why) {
      case Unwind.Cancelled _ -> over(StateName.CANCELLED, null, null);
      case Unwind.Aborted aborted ->
          end(aborted.state(), Outcome.message(String.valueOf(aborted.getMessage())), null);
      case Unwind.Waits waits -> waits(waits);
      case Unwind.Lost lost -> lost(lost);
    };
  }

  private FlowEnd waits(Unwind.Waits waits) {
    StateName state = waits.paused() ? StateName.PAUSED : StateName.SUSPENDED;
    String why = String.valueOf(waits.getMessage());
    Duration pause = Duration.between(now(), waits.until());
    return move(state, new Outcome(why, null, null, pause), null);
  }

  private FlowEnd failed(Exception failure) {
    Retry retry = program.settings().retry();
    int attempt = Math.max(1, context.run().attempt());
    try {
      if (retry == null || failure instanceof StuckTask || !retry.again(attempt, failure)) {
        return over(StateName.FAILED, null, failure);
      }
    } catch (Exception e) { // of the user's condition
      failure.addSuppressed(e);
      return over(StateName.FAILED, null, failure);
    }
    Duration pause = Duration.ofNanos(retry.delayNanos(attempt, failure));
    return move(
        StateName.AWAITING_RETRY,
        new Outcome(String.valueOf(failure), null, RecordedFailure.stack(failure), pause),
        failure);
  }

  private FlowEnd over(StateName state, @Nullable String result, @Nullable Throwable failure) {
    StateName reached =
        state == StateName.FAILED && failure instanceof TaskTimedOut ? StateName.TIMED_OUT : state;
    String error = failure == null ? null : RecordedFailure.stack(failure);
    String message = failure == null ? "" : String.valueOf(failure);
    return end(reached, new Outcome(message, result, error, null), failure);
  }

  private FlowEnd end(StateName state, Outcome outcome, @Nullable Throwable failure) {
    FlowEnd end = move(state, outcome, failure);
    for (FlowHook hook : program.settings().hooks()) {
      try {
        hook.over(context.run().name(), end.state(), failure);
      } catch (Exception e) {
        context.log().flow(LogLevel.ERROR, "A hook failed: " + e);
      }
    }
    return end;
  }

  private FlowEnd move(StateName state, Outcome outcome, @Nullable Throwable failure) {
    LogLevel level = failure == null ? LogLevel.INFO : LogLevel.ERROR;
    State reached =
        state.type().isFinal() ? finish(state, outcome, level) : leave(state, outcome, level);
    context.engine().spans().flowEnded(context.run(), caller, reached, began, now());
    return new FlowEnd(
        context.run().id(), context.run().name(), reached, outcome.result(), failure);
  }

  /// What the run says last is stored with its end: whoever sees that it is over sees its whole
  /// log.
  private State finish(StateName state, Outcome outcome, LogLevel level) {
    RunLog log = context.log();
    log.flush();
    RunLog.Saying last = log.saying(level, FINISHED + new State(state, now(), outcome.message()));
    State reached =
        context.store().flowRuns().move(context.lease(), state, outcome.logging(log.lines(last)));
    log.show(last);
    return reached;
  }

  /// Where it comes to is only known then: somebody may have asked something of it.
  private State leave(StateName state, Outcome outcome, LogLevel level) {
    State reached = context.store().flowRuns().move(context.lease(), state, outcome);
    context.log().flow(level, FINISHED + reached);
    return reached;
  }

  private Instant now() {
    return context.engine().settings().clock().instant();
  }

  /// Another process has the run, or will have it: this one says nothing more of it.
  private FlowEnd lost(Throwable why) {
    FlowRun run = context.run();
    context
        .engine()
        .settings()
        .console()
        .line("Flow run '" + run.name() + "' was lost: " + why.getMessage());
    return new FlowEnd(run.id(), run.name(), run.state(), null, why);
  }
}
