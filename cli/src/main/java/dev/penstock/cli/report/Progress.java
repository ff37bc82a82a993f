package dev.penstock.cli.report;

import dev.penstock.pipeline.run.LiveRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Draws how far the running pipelines are, a line for each observed point, several times a second.
public final class Progress implements AutoCloseable {
  private static final long PERIOD_MILLIS = 250;

  private final Screen screen;
  private final Journal journal;
  private final Map<LiveRun, RunProgress> runs = new HashMap<>();
  private final Thread ticker;
  private boolean closed;

  /// Begins to draw.
  public Progress(Screen screen, Journal journal) {
    this.screen = screen;
    this.journal = journal;
    ticker = Thread.ofPlatform().daemon().name("penstock-progress").start(this::tick);
  }

  private synchronized void tick() {
    try {
      while (!closed) {
        TimeUnit.MILLISECONDS.timedWait(this, PERIOD_MILLIS);
        if (!closed) {
          draw(System.nanoTime());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void draw(long now) {
    runs.keySet().retainAll(journal.running());
    List<String> lines = new ArrayList<>();
    for (LiveRun run : journal.running()) {
      lines.addAll(runs.computeIfAbsent(run, RunProgress::new).lines(now));
    }
    screen.draw(lines);
  }

  /// Takes the lines away and draws no more.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      ticker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    screen.erase();
  }
}
