package dev.penstock.benchmarks.load;

import static dev.penstock.pipeline.Steps.concurrency;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.JsonCodec;
import dev.penstock.http.Http;
import dev.penstock.http.HttpTarget;
import dev.penstock.pipeline.Pipeline;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// Sends records one by one to a server in another process that takes 10 ms for each, 1,000 at
/// once: `ReverseEtl COUNT ROUNDS`. Beside it the JDK's client, called from virtual threads.
public final class ReverseEtl {
  private static final int AT_ONCE = 1_000;

  private record User(long id, String email, String city) {
    static User of(long id) {
      return new User(id, "user" + id + "@example.org", "Ulm");
    }
  }

  private final String url;
  private final HttpClient client = HttpClient.newHttpClient();

  private ReverseEtl(String url) {
    this.url = url;
  }

  public static void main(String[] args) throws Exception {
    long count = Long.parseLong(args[0]);
    int rounds = Integer.parseInt(args[1]);
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                SlowServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      String port = Objects.requireNonNull(output.readLine(), "the server did not start");
      ReverseEtl etl = new ReverseEtl("http://127.0.0.1:" + port);
      Figures figures = new Figures();
      for (int i = 0; i <= rounds; i++) {
        Figures to = i == 0 ? new Figures() : figures; // the first is for the compiler
        to.time("the JDK's client on virtual threads", count, () -> etl.byHand(count));
        to.time("as a step", count, () -> etl.asStep(count));
        to.time("as a sink", count, () -> etl.asSink(count));
      }
      figures.print("records to a server that takes 10 ms, 1,000 at once", count);
    } finally {
      server.getOutputStream().close();
      server.waitFor();
    }
  }

  private HttpTarget<User> target() {
    return Http.post(new ConnectionName(url), "/users", User.class);
  }

  private long asStep(long count) {
    return Pipeline.range(0, count)
        .map(User::of)
        .map(target()::send, concurrency(AT_ONCE).unordered())
        .count();
  }

  private long asSink(long count) {
    return Pipeline.range(0, count).map(User::of).to(target().concurrency(AT_ONCE)).run().out();
  }

  private long byHand(long count) throws Exception {
    AtomicLong done = new AtomicLong();
    Semaphore free = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long i = 0; i < count; i++) {
        User user = User.of(i);
        free.acquire();
        threads.submit(() -> {
          try {
            byte[] body = JsonCodec.of(User.class).write(user);
            HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/users"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(body))
                    .build();
            if (client.send(request, BodyHandlers.ofByteArray()).statusCode() == 204) {
              done.incrementAndGet();
            }
            return done;
          } finally {
            free.release();
          }
        });
      }
    }
    return done.get();
  }
}
