package dev.penstock.server.api;

import dev.penstock.flow.remote.Wakes;
import dev.penstock.flow.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tells a worker what has happened in the store, a line for each, while it listens.
final class WakeStream {
  private static final long BEAT_SECONDS = 15;
  private static final int MOST_HELD = 10_000;

  private final Store store;
  private final LinkedBlockingQueue<String> happened = new LinkedBlockingQueue<>(MOST_HELD);

  WakeStream(Store store) {
    this.store = store;
  }

  /// Tells until the worker is gone.
  void write(OutputStream out) throws IOException, InterruptedException {
    try (AutoCloseable _ = store.listenForRuns(pool -> note(Wakes.RUNS + pool));
        AutoCloseable _ = store.listenForSlots(limit -> note(Wakes.SLOTS + limit))) {
      line(out, ""); // so that the worker knows that it is listened to
      while (true) {
        @Nullable String next = happened.poll(BEAT_SECONDS, TimeUnit.SECONDS);
        line(out, next == null ? "" : next);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e); // closing a listener throws nothing
    }
  }

  /// What does not find room is lost: whoever waits looks from time to time.
  private void note(String line) {
    happened.offer(line);
  }

  private static void line(OutputStream out, String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
