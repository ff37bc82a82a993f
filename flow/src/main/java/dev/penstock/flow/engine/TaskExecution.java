package dev.penstock.flow.engine;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Fenced;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.StoreUnavailable;
import dev.penstock.flow.store.TaskCache;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.flow.store.TaskRuns.TaskMove;
import dev.penstock.pipeline.plan.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One call of a task, on the calling thread: what the store knows of it already, or its tries.
///
/// @param <R> its result
final class TaskExecution<R extends @Nullable Object> {
  private final Scope caller;
  private final RunContext context;
  private final TaskSettings settings;
  private final TaskWork<R> work;
  private final String path;
  private String id;
  private TaskRun.Key key;
  private int attempt = 1;
  private Instant since;

  /// Takes the next place of the caller.
  TaskExecution(Scope caller, TaskSettings settings, TaskWork<R> work) {
    this.caller = caller;
    this.context = caller.context();
    this.settings = settings;
    this.work = work;
    this.path = caller.next();
    this.since = now();
    this.id = Ids.next(() -> since);
    this.key =
        new TaskRun.Key(
            context.run().id(),
            context.run().generation(),
            path,
            context.nameOf(settings.name()),
            settings.name(),
            null);
  }

  /// The same for a subflow, whose run has this id if the store knows no other.
  TaskExecution<R> ofSubflow(String flowRun) {
    key = new TaskRun.Key(key.flowRun(), key.generation(), path, key.name(), key.task(), flowRun);
    return this;
  }

  String path() {
    return path;
  }

  R call() {
    context.checkpoint();
    try {
      Optional<TaskRun> before = recorded();
      if (before.isPresent()) {
        TaskRun found = before.get();
        id = found.id();
        key = found.key();
        attempt = Math.max(1, found.attempt());
        since = found.times().created();
        if (found.state().type().isFinal()) {
          return replay(found);
        }
        if (found.state().name() == StateName.AWAITING_RETRY) {
          caller.renew();
        }
      } else {
        context
            .log()
            .flow(
                LogLevel.INFO,
                "Created task run '" + key.name() + "' for task '" + key.task() + "'");
      }
      return cached().orElse(null) instanceof Kept<R>(R value) ? value : tries();
    } catch (Fenced | StoreUnavailable e) {
      context.lose(e);
      throw new Unwind.Lost(e);
    }
  }

  /// A value that may be null, in an `Optional`.
  private record Kept<R extends @Nullable Object>(R value) {}

  private Optional<TaskRun> recorded() {
    if (!context.begunBefore()) {
      return Optional.empty();
    }
    Optional<TaskRun> found =
        context.store().taskRuns().call(key.flowRun(), key.generation(), path);
    if (found.isEmpty() || found.get().key().task().equals(settings.name())) {
      return found;
    }
    if (!caller.renewed()) {
      throw new FlowChanged(
          context.run().origin().flow(),
          context.run().name(),
          path,
          found.get().key().task(),
          settings.name());
    }
    context.store().taskRuns().forget(context.lease(), found.get().key());
    return Optional.empty();
  }

  private R replay(TaskRun found) {
    State state = found.state();
    context
        .log()
        .flow(LogLevel.DEBUG, "Task run '" + key.name() + "' was finished before: " + state);
    return switch (state.type()) {
      case COMPLETED -> returned(work.read(found.result()), state.name() == StateName.ROLLED_BACK);
      default ->
          throw Thrown.unchecked(RecordedFailure.read(key.name(), found.result(), found.error()));
    };
  }

  private Optional<Kept<R>> cached() {
    CachePolicy cache = settings.cache();
    String cacheKey = cache == null || cache.refresh() ? null : work.cacheKey();
    if (cacheKey == null) {
      return Optional.empty();
    }
    Optional<TaskCache.Kept> kept = context.store().taskCache().find(cacheKey);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    R value;
    try {
      value = work.read(kept.get().result());
    } catch (RuntimeException e) { // of another class now, or its file is gone
      log(LogLevel.WARNING, "What was cached cannot be read, and is made again: " + e.getMessage());
      return Optional.empty();
    }
    finish(StateName.CACHED, "", kept.get().result(), null);
    return Optional.of(new Kept<>(value));
  }

  private R tries() {
    for (; ; attempt++) {
      awaitSlots();
      StateName running = attempt == 1 ? StateName.RUNNING : StateName.RETRYING;
      context.log().flow(LogLevel.INFO, "Executing '" + key.name() + "' immediately...");
      var unused =
          context.store().taskRuns().moveSoon(context.lease(), move(running, "", null, null, null));
      try {
        R result = once();
        String kept = work.write(result);
        finish(StateName.COMPLETED, "", kept, null);
        keep(kept);
        over();
        return returned(result, false);
      } catch (Fenced | StoreUnavailable e) {
        throw e;
      } catch (Exception e) {
        if (e instanceof InterruptedException interrupt) {
          throw stopped(interrupt);
        }
        stopping();
        if (!again(e)) {
          throw failed(e);
        }
      } catch (Unwind e) {
        unwound(e);
        throw e;
      } catch (Error e) {
        throw failed(e);
      }
    }
  }

  private void over() {
    try {
      work.over(running());
    } catch (Exception e) { // it has its result all the same
      log(LogLevel.WARNING, "What it kept for going on could not be removed: " + e.getMessage());
    }
  }

  /// Waits for the slots of the limits on its tags.
  private void awaitSlots() {
    try {
      context
          .engine()
          .slots()
          .await(
              context,
              new TaskSlots.Holder(id, "task run '" + key.name() + "'"),
              settings.limits(),
              this::waits);
    } catch (InterruptedException e) {
      throw stopped(e);
    } catch (Unwind e) {
      unwound(e);
      throw e;
    }
  }

  private void waits(String why) {
    log(LogLevel.INFO, why.substring(0, 1).toUpperCase(Locale.ROOT) + why.substring(1));
    context
        .store()
        .taskRuns()
        .move(context.lease(), move(StateName.AWAITING_CONCURRENCY_SLOT, why, null, null, null));
  }

  private R once() throws Exception {
    Prints.endLine();
    Scope inside = caller.inside(path, new RunLog.TaskLabel(id, key.name()));
    Duration timeout = settings.timeout();
    if (timeout != null) {
      return new Timed<R>(context, "task run '" + key.name() + "'", timeout, inside)
          .call(this::work);
    }
    Interruptible interruptible = context.work();
    try {
      return ScopedValue.where(Scope.CURRENT, inside).call(this::work);
    } catch (InterruptedException e) {
      context.checkpoint();
      throw e;
    } finally {
      context.done(interruptible);
    }
  }

  private R work() throws Exception {
    try {
      return work.run(running());
    } finally {
      Prints.endLine();
    }
  }

  /// Tells the transaction around this call, if there is one, how to take it back.
  private R returned(R result, boolean undone) {
    if (work.undoable() && !undone) {
      Transaction.note(() -> undo(result));
    }
    return result;
  }

  private void undo(R result) throws Exception {
    work.undo(result);
    finish(StateName.ROLLED_BACK, "", work.write(result), null);
  }

  private TaskRunning running() {
    return new TaskRunning(
        id,
        key.name(),
        key.flowRun() + "/" + key.generation() + "/" + path + " " + key.task(),
        key.child(),
        since,
        context.cancellation(),
        this::figures,
        new TaskLetters(context.store(), context.lease(), id));
  }

  private void figures(String summary) {
    var unused = context.store().taskRuns().figuresSoon(context.lease(), id, summary);
  }

  /// Waits for another try.
  private boolean again(Exception failure) {
    Retry retry = settings.retry();
    try {
      if (retry == null || failure instanceof StuckTask || !retry.again(attempt, failure)) {
        return false;
      }
      long nanos = retry.delayNanos(attempt, failure);
      Instant due = now().plusNanos(nanos);
      long wakes = context.engine().settings().clock().nanos() + nanos;
      log(
          LogLevel.INFO,
          "Received AwaitingRetry state: "
              + failure
              + "; retry "
              + attempt
              + "/"
              + retry.times()
              + " starts in "
              + Duration.ofNanos(nanos).toSeconds()
              + " second(s)");
      leave(
          move(
              StateName.AWAITING_RETRY,
              String.valueOf(failure),
              due,
              null,
              RecordedFailure.stack(failure)));
      Interruptible pause = context.work();
      try {
        context.engine().settings().clock().sleepUntil(wakes);
      } finally {
        context.done(pause);
      }
      context.checkpoint();
      return true;
    } catch (InterruptedException e) {
      throw context.interrupted(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // of the user's condition
      e.addSuppressed(failure);
      throw failed(e);
    }
  }

  private RuntimeException failed(Throwable failure) {
    StateName state = failure instanceof TaskTimedOut ? StateName.TIMED_OUT : StateName.FAILED;
    log(
        LogLevel.ERROR,
        "Encountered an exception: " + RecordedFailure.stack(failure).stripTrailing());
    finish(state, String.valueOf(failure), RecordedFailure.write(failure), failure);
    return Thrown.unchecked(failure);
  }

  private RuntimeException stopped(InterruptedException interrupt) {
    RuntimeException why;
    try {
      why = context.interrupted(interrupt);
    } catch (Unwind e) {
      unwound(e);
      throw e;
    }
    return why;
  }

  /// A task that fails while its run has to stop has failed for that.
  private void stopping() {
    if (context.stopping()) {
      try {
        context.checkpoint();
      } catch (Unwind e) {
        unwound(e);
        throw e;
      }
    }
  }

  /// The body leaves its thread while this task is not over.
  private void unwound(Unwind why) {
    switch (why) {
      case Unwind.Cancelled _ -> finish(StateName.CANCELLED, "", null, null);
      case Unwind.Aborted aborted ->
          finish(aborted.state(), String.valueOf(aborted.getMessage()), null, null);
      case Unwind.Waits waits ->
          leave(
              move(
                  waits.paused() ? StateName.PAUSED : StateName.SUSPENDED,
                  String.valueOf(waits.getMessage()),
                  waits.until(),
                  null,
                  null));
      case Unwind.Lost _ -> {}
    }
  }

  private void finish(
      StateName state, String message, @Nullable String result, @Nullable Throwable failure) {
    TaskMove move =
        move(state, message, null, result, failure == null ? null : RecordedFailure.stack(failure));
    leave(move);
    if (state != StateName.ROLLED_BACK) { // it has ended before
      context.engine().spans().taskEnded(move, since, now());
    }
    State reached = new State(state, now(), message);
    log(failure == null ? LogLevel.INFO : LogLevel.ERROR, "Finished in state " + reached);
    for (FlowHook hook : settings.hooks()) {
      try {
        hook.over(key.name(), reached, failure);
      } catch (Exception e) {
        log(LogLevel.ERROR, "A hook failed: " + e);
      }
    }
  }

  private void keep(@Nullable String result) {
    CachePolicy cache = settings.cache();
    String cacheKey = cache == null ? null : work.cacheKey();
    if (cache != null && cacheKey != null) {
      context.store().taskCache().keep(cacheKey, new TaskCache.Kept(id, result), cache.expires());
    }
  }

  /// Moves on to a state in which it does not run. The store takes back what its tags have got.
  private void leave(TaskMove move) {
    context.store().taskRuns().move(context.lease(), move);
    if (!settings.named().isEmpty()) {
      context.store().limits().release(context.lease(), id);
    }
  }

  private TaskMove move(
      StateName state,
      String message,
      @Nullable Instant due,
      @Nullable String result,
      @Nullable String error) {
    return new TaskMove(
        id, key, settings.tags(), attempt, state, message, due, result, error, null);
  }

  private void log(LogLevel level, String text) {
    context.log().task(level, new RunLog.TaskLabel(id, key.name()), text);
  }

  private Instant now() {
    return context.engine().settings().clock().instant();
  }
}
