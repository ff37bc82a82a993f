package dev.penstock.kafka;

import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.run.Cancellation;
import dev.penstock.pipeline.run.LiveRun;
import dev.penstock.pipeline.run.RunCancelled;
import dev.penstock.pipeline.run.RunListener;
import dev.penstock.pipeline.run.RunOptions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A pipeline that runs until it is closed.
final class Member implements AutoCloseable {
  private static final long PATIENCE = 100_000_000_000L;

  private final Cancellation cancellation = new Cancellation();
  private final List<LiveRun> runs = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile @Nullable Throwable failure;

  private Member(RunnablePipeline pipeline) {
    RunListener listener =
        new RunListener() {
          @Override
          public void started(LiveRun run) {
            runs.add(run);
          }
        };
    thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                pipeline.run(RunOptions.DEFAULT.cancellation(cancellation).listener(listener));
              } catch (RunCancelled closed) {
                // as it should
              } catch (Throwable t) {
                failure = t;
              }
            });
  }

  static Member start(RunnablePipeline pipeline) {
    return new Member(pipeline);
  }

  /// A condition that may need a look at a server.
  interface Condition {
    boolean holds() throws Exception;
  }

  /// Waits for a condition; fails when the pipeline does.
  void await(Condition condition) throws Exception {
    long until = System.nanoTime() + PATIENCE;
    while (!condition.holds()) {
      throwFailure();
      if (System.nanoTime() > until) {
        throw new AssertionError("it did not come to that in time");
      }
      Thread.sleep(20);
    }
  }

  private void throwFailure() {
    if (failure != null) {
      throw new AssertionError("the pipeline failed", failure);
    }
  }

  LiveRun run() {
    return Objects.requireNonNull(runs.getLast());
  }

  int runs() {
    return runs.size();
  }

  /// Read by the last run.
  long records() {
    return runs.isEmpty() ? 0 : run().steps().getFirst().figures().out();
  }

  @Override
  public void close() throws InterruptedException {
    cancellation.cancel();
    thread.join();
    throwFailure();
  }
}
