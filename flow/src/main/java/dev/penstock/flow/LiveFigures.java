package dev.penstock.flow;

import dev.penstock.pipeline.plan.DeadLetter;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.run.LiveRun;
import dev.penstock.pipeline.run.RunListener;
import dev.penstock.pipeline.run.StepStatus;
import dev.penstock.pipeline.run.Summary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks at a running pipeline once a second, and hands on what its steps do, as JSON, and what
/// they give up.
final class LiveFigures implements RunListener, AutoCloseable {
  private final Consumer<String> to;
  private final KeptLetters letters;
  private final ReentrantLock handing = new ReentrantLock();
  private @Nullable Thread looking;
  private @Nullable Trends trends;

  LiveFigures(Consumer<String> to, KeptLetters letters) {
    this.to = to;
    this.letters = letters;
  }

  @Override
  public synchronized void started(LiveRun run) {
    looking = Thread.ofVirtual().name("figures of " + run.name()).start(() -> look(run));
  }

  private void look(LiveRun run) {
    try {
      while (true) {
        Thread.sleep(1000);
        hand(run);
      }
    } catch (InterruptedException e) {
      // the run is over
    }
  }

  private void hand(LiveRun run) {
    handing.lock();
    try {
      to.accept(figures(run).write());
    } finally {
      handing.unlock();
    }
  }

  private PipelineFigures figures(LiveRun run) {
    Instant now = Instant.now();
    List<StepStatus> steps = run.steps();
    Trends before = trends;
    if (before == null) {
      before = new Trends(run.startedAt());
      trends = before;
    }
    return new PipelineFigures(
        run.name(),
        run.startedAt(),
        now,
        steps.isEmpty() ? 0 : steps.getFirst().figures().out(),
        steps.stream().mapToLong(step -> step.figures().failed()).sum(),
        steps,
        before.add(now, steps),
        boxed(run.size()),
        boxed(run.lag()));
  }

  private static Optional<Long> boxed(OptionalLong known) {
    return known.isPresent() ? Optional.of(known.getAsLong()) : Optional.empty();
  }

  @Override
  public void deadLettered(LiveRun run, Failure failure, DeadLetter letter) {
    letters.deadLettered(run, failure, letter);
  }

  @Override
  public void finished(LiveRun run, Summary summary, @Nullable Throwable failure) {
    hand(run);
  }

  @Override
  public synchronized void close() throws InterruptedException {
    if (looking != null) {
      looking.interrupt();
      looking.join();
    }
  }
}
