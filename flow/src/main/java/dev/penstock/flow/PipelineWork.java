package dev.penstock.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.flow.code.ValueCodec;
import dev.penstock.flow.engine.Calls;
import dev.penstock.flow.engine.LogLevel;
import dev.penstock.flow.engine.TaskRunning;
import dev.penstock.flow.engine.TaskWork;
import dev.penstock.flow.store.StoredLetter;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.pipeline.run.RunOptions;
import dev.penstock.pipeline.run.Summary;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The work of a task that runs a pipeline: its figures are the task run's, it stops when the run
/// does, and goes on from its last commit where another process was lost.
///
/// @param atOnce whether it commits once, at its end
record PipelineWork(RunnablePipeline pipeline, boolean atOnce) implements TaskWork<Summary> {
  private static final ValueCodec CODEC = ValueCodec.of(Summary.class);

  @Override
  public Summary run(TaskRunning running) throws Exception {
    RunnablePipeline named = pipeline.name().isEmpty() ? pipeline.named(running.name()) : pipeline;
    List<StoredLetter> asked = running.letters().asked();
    RunnablePipeline going = asked.isEmpty() ? whole(named, running) : again(named, asked);
    KeptLetters letters = new KeptLetters(named, running.letters());
    try (LiveFigures figures = new LiveFigures(running.figures(), letters)) {
      return going.run(RunOptions.DEFAULT.cancellation(running.cancellation()).listener(figures));
    }
  }

  private RunnablePipeline whole(RunnablePipeline named, TaskRunning running) {
    Optional<String> beginsAnew = whyBeginsAnew();
    beginsAnew.ifPresent(
        why -> Calls.log(LogLevel.DEBUG, "Would begin again if its process was lost: " + why));
    return isSet() || beginsAnew.isPresent() ? named : named.resumable(running.place());
  }

  /// Over records that were given up before, from the step on that did.
  private static RunnablePipeline again(RunnablePipeline named, List<StoredLetter> asked) {
    String step = asked.getFirst().letter().step();
    Calls.log(LogLevel.INFO, "Replays " + asked.size() + " records that " + step + " has given up");
    return named.replaying(step, KeptLetters.records(asked));
  }

  /// The user has given it a name of its own, under which it goes on.
  private boolean isSet() {
    return pipeline.resume() != null;
  }

  /// Why it does not go on; empty when it does. Files are published when all of them are there: a
  /// run that goes on would have to write into a directory that has the half of them.
  private Optional<String> whyBeginsAnew() {
    if (isSet()) {
      return Optional.empty();
    }
    if (atOnce) {
      return Optional.of("it commits at once");
    }
    return pipeline.plan().sink() instanceof StagedSink
        ? Optional.of(
            "its files are published at its end; resumable(name) publishes them as they are full")
        : pipeline.whyNotResumable();
  }

  /// Its positions are of this run, and would stay in the target for ever.
  @Override
  public void over(TaskRunning running) {
    running.letters().replayed();
    if (!isSet() && whyBeginsAnew().isEmpty()) {
      pipeline.resumable(running.place()).forgetPositions();
    }
  }

  @Override
  public @Nullable String write(Summary summary) {
    return CODEC.write(summary);
  }

  @Override
  public Summary read(@Nullable String kept) {
    return (Summary) requireNonNull(CODEC.read(requireNonNull(kept)));
  }
}
