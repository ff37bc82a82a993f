package dev.penstock.flow;

import dev.penstock.flow.code.ValueCodec;
import dev.penstock.pipeline.run.LiveRun;
import dev.penstock.pipeline.run.RunListener;
import dev.penstock.pipeline.run.StepStatus;
import dev.penstock.pipeline.run.Summary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks at a running pipeline once a second, and hands on what its steps do, as JSON.
final class LiveFigures implements RunListener, AutoCloseable {
  private static final ValueCodec CODEC = ValueCodec.of(Snapshot.class);

  private final Consumer<String> to;
  private @Nullable Thread looking;

  LiveFigures(Consumer<String> to) {
    this.to = to;
  }

  /// What a pipeline does at a moment.
  record Snapshot(String pipeline, Instant at, List<StepStatus> steps, Optional<Long> size) {}

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
    OptionalLong size = run.size();
    Optional<Long> known = size.isPresent() ? Optional.of(size.getAsLong()) : Optional.empty();
    to.accept(CODEC.write(new Snapshot(run.name(), Instant.now(), run.steps(), known)));
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
