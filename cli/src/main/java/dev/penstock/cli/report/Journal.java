package dev.penstock.cli.report;

import dev.penstock.pipeline.run.LiveRun;
import dev.penstock.pipeline.run.RunListener;
import dev.penstock.pipeline.run.Summary;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The pipelines that a program runs and has run. Safe for use by several threads.
public final class Journal implements RunListener {
  private final List<LiveRun> running = new CopyOnWriteArrayList<>();
  private final List<PipelineRun> ended = new CopyOnWriteArrayList<>();

  @Override
  public void started(LiveRun run) {
    running.add(run);
  }

  @Override
  public void finished(LiveRun run, Summary summary, @Nullable Throwable failure) {
    ended.add(new PipelineRun(summary, failure));
    running.remove(run);
  }

  /// Asks all that run to stop.
  public void cancel() {
    running.forEach(LiveRun::cancel);
  }

  /// Whether any pipeline ended otherwise than by completing.
  public boolean anyFailed() {
    return ended.stream().anyMatch(run -> run.failure() != null);
  }

  /// The summary for people: a small table of the pipelines, and how it all ended; empty when the
  /// program ran no pipeline and completed, since it has nothing to add.
  public String text(State state, Duration elapsed) {
    return SummaryText.of(this, state, elapsed);
  }

  /// The summary for scripts: one JSON object, on one line.
  ///
  /// @param error the message of what failed; null if nothing did
  public String json(State state, Duration elapsed, @Nullable String error) {
    return SummaryJson.of(this, state, elapsed, error).json();
  }

  List<LiveRun> running() {
    return running;
  }

  List<PipelineRun> ended() {
    return ended;
  }
}
