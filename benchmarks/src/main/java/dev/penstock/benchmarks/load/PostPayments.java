package dev.penstock.benchmarks.load;

import static dev.penstock.pipeline.Steps.concurrency;

import dev.penstock.pipeline.Pipeline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// Makes payments, turns each into a line of JSON, and posts them in batches of 1,000 to a server
/// in another process: `PostPayments COUNT`.
public final class PostPayments {
  private static final int BATCH = 1_000;
  private static final int CALLS = 4;

  private final URI server;
  private final HttpClient client = HttpClient.newHttpClient();

  private record Payment(long id, int account, long cents, String currency) {
    static Payment of(long id) {
      return new Payment(id, (int) (id % 100_003), id * 7_919 % 1_000_000, "EUR");
    }
  }

  private PostPayments(URI server) {
    this.server = server;
  }

  public static void main(String[] args) throws Exception {
    long count = Long.parseLong(args[0]);
    Process server = startServer();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      String port = Objects.requireNonNull(output.readLine(), "the server did not start");
      PostPayments payments = new PostPayments(URI.create("http://127.0.0.1:" + port));
      Figures figures = new Figures();
      figures.time("penstock", count, () -> payments.post(count));
      figures.print("map, batch 1,000, POST", count);
    } finally {
      server.getOutputStream().close();
      server.waitFor();
    }
  }

  private static Process startServer() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            PaymentServer.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /// What the server has got.
  private long post(long count) throws Exception {
    Pipeline.range(0, count)
        .map(Payment::of)
        .map(PostPayments::line)
        .batch(BATCH)
        .tap(this::send, concurrency(CALLS))
        .run();
    HttpRequest taken = HttpRequest.newBuilder(server.resolve("/count")).build();
    return Long.parseLong(client.send(taken, BodyHandlers.ofString()).body());
  }

  private static String line(Payment payment) {
    long cents = payment.cents % 100;
    return new StringBuilder(80)
        .append("{\"id\":")
        .append(payment.id)
        .append(",\"account\":")
        .append(payment.account)
        .append(",\"amount\":")
        .append(payment.cents / 100)
        .append(cents < 10 ? ".0" : ".")
        .append(cents)
        .append(",\"currency\":\"")
        .append(payment.currency)
        .append("\"}\n")
        .toString();
  }

  private void send(List<String> batch) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/payments"))
            .POST(HttpRequest.BodyPublishers.ofString(String.join("", batch)))
            .build();
    HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
    if (response.statusCode() != 204) {
      throw new IOException("the server answered " + response.statusCode());
    }
  }
}
