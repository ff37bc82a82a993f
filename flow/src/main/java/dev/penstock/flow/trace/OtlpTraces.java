package dev.penstock.flow.trace;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends spans to a collector, many at once, from a thread of its own. Runs never wait for it: what
/// it cannot send is lost, and that is said once.
final class OtlpTraces implements Traces {
  private static final int MOST_HELD = 10_000;
  private static final int MOST_AT_ONCE = 500;
  private static final Duration GATHER = Duration.ofMillis(500);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final OtlpEndpoint endpoint;
  private final Consumer<String> console;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();
  private final LinkedBlockingQueue<Span> ended = new LinkedBlockingQueue<>(MOST_HELD);
  private final Thread thread;
  private volatile boolean closed;
  private boolean said;

  OtlpTraces(OtlpEndpoint endpoint, Consumer<String> console) {
    this.endpoint = endpoint;
    this.console = console;
    this.thread = Thread.ofVirtual().name("penstock-traces").start(this::work);
  }

  @Override
  public boolean wanted() {
    return true;
  }

  /// What comes while too much waits is lost.
  @Override
  public void ended(Span span) {
    ended.offer(span);
  }

  private void work() {
    try {
      while (!closed || !ended.isEmpty()) {
        @Nullable Span first = ended.poll(GATHER.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          send(first);
        }
      }
    } catch (InterruptedException e) {
      // it was closed, and had its moment
    }
  }

  private void send(Span first) throws InterruptedException {
    List<Span> spans = new ArrayList<>();
    spans.add(first);
    if (!closed) {
      Thread.sleep(GATHER);
    }
    ended.drainTo(spans, MOST_AT_ONCE - 1);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.url())
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(OtlpJson.of(endpoint.service(), spans)));
    endpoint.headers().forEach(request::header);
    try {
      int status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status >= 400) {
        say("it answers " + status);
      }
    } catch (IOException e) {
      say(String.valueOf(e));
    }
  }

  private void say(String why) {
    if (!said) {
      said = true;
      console.accept("Traces cannot be sent to " + endpoint.url() + ", and are lost: " + why);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      if (!thread.join(ANSWER)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
    client.shutdownNow();
  }
}
