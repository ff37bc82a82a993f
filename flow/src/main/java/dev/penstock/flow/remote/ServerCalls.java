package dev.penstock.flow.remote;

import dev.penstock.flow.code.WireFormat;
import dev.penstock.flow.store.ResultParts;
import dev.penstock.flow.store.StoreUnavailable;
import dev.penstock.flow.store.ToldFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Asks the store of a server. What was not sent is sent again while patience lasts; what was sent
/// without an answer only where that does no harm. Ends when it is closed.
final class ServerCalls implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final ServerUrl server;
  private final Duration patience;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /// @param patience how long a server may be away before that is a failure
  ServerCalls(ServerUrl server, Duration patience) {
    this.server = server;
    this.patience = patience;
  }

  /// What a server says of something that it did not do.
  private record Problem(@Nullable String detail, @Nullable ToldFailure failure) {}

  /// Asks, and waits for the answer; it is not interrupted, as the database is not.
  ///
  /// @param again whether it may be asked again when the answer was lost
  /// @throws StoreUnavailable when there is no answer, or none of the store
  /// @throws RuntimeException what the store has thrown
  String ask(String word, String body, boolean again) {
    HttpRequest request = request(word).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    return read(word, answered(request, HttpResponse.BodyHandlers.ofString(), again));
  }

  private <T> HttpResponse<T> answered(
      HttpRequest request, HttpResponse.BodyHandler<T> handler, boolean again) {
    long end = System.nanoTime() + patience.toNanos();
    for (long pause = FIRST_PAUSE.toNanos();
        ;
        pause = Math.min(pause * 2, LONGEST_PAUSE.toNanos())) {
      try {
        return client.sendAsync(request, handler).join();
      } catch (CompletionException e) {
        boolean mayPass = again || wasNotSent(e.getCause());
        if (!mayPass || System.nanoTime() + pause > end) {
          throw unreachable(e.getCause(), wasNotSent(e.getCause()));
        }
        Pause.of(pause);
      }
    }
  }

  /// How far a server has come with a file.
  private record Kept(long next) {}

  /// Brings a part of a file.
  ///
  /// @param at where it begins
  /// @param of how long the file is
  /// @return where the next part begins
  /// @throws StoreUnavailable when it was not taken
  long putPart(String reference, long at, long of, byte[] part) {
    String word = file(reference) + "?at=" + at + "&of=" + of;
    HttpRequest request =
        request(word)
            .setHeader("Content-Type", "application/octet-stream")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(part))
            .build();
    String json = read(word, answered(request, HttpResponse.BodyHandlers.ofString(), true));
    return ((Kept) java.util.Objects.requireNonNull(WireFormat.read(Kept.class, json))).next();
  }

  /// Fetches a part of a file.
  ///
  /// @throws StoreUnavailable when there is none
  ResultParts.Part getPart(String reference, long at) {
    String word = file(reference) + "?at=" + at;
    HttpResponse<byte[]> answer =
        answered(request(word).GET().build(), HttpResponse.BodyHandlers.ofByteArray(), true);
    Optional<String> length = answer.headers().firstValue(ResultParts.LENGTH);
    if (answer.statusCode() == 200 && length.isPresent()) {
      return new ResultParts.Part(answer.body(), Long.parseLong(length.get()));
    }
    throw refused(
        word,
        answer.statusCode(),
        answer.headers().firstValue("content-type").orElse(""),
        new String(answer.body(), StandardCharsets.UTF_8));
  }

  /// `files/ab12…/trips%20of%20may.parquet`.
  private static String file(String reference) {
    int slash = reference.indexOf('/');
    String name = URLEncoder.encode(reference.substring(slash + 1), StandardCharsets.UTF_8);
    return "files/" + reference.substring(0, slash + 1) + name.replace("+", "%20");
  }

  /// Lines that a server sends from time to time, until one of the two ends.
  CompletableFuture<HttpResponse<java.util.stream.Stream<String>>> listen(String word) {
    return client.sendAsync(request(word).GET().build(), HttpResponse.BodyHandlers.ofLines());
  }

  private HttpRequest.Builder request(String word) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.at(word))
            .timeout(ANSWER)
            .header("Content-Type", "application/json");
    return server.key() == null
        ? request
        : request.header("Authorization", "Bearer " + server.key().reveal());
  }

  private static boolean wasNotSent(@Nullable Throwable failure) {
    return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
  }

  private StoreUnavailable unreachable(@Nullable Throwable failure, boolean notSent) {
    String said = failure instanceof IOException io ? io.getMessage() : String.valueOf(failure);
    String why = said == null ? "" : ": " + said;
    return new StoreUnavailable(
        notSent
            ? "the server at " + server + " cannot be reached" + why + "; " + whereSaid()
            : "the server at "
                + server
                + " did not answer"
                + why
                + "; what it was asked for may be done, or not");
  }

  private static String whereSaid() {
    return ServerUrl.URL + " says where it is";
  }

  private String read(String word, HttpResponse<String> answer) {
    int status = answer.statusCode();
    String type = answer.headers().firstValue("content-type").orElse("");
    if (status == 200 && type.startsWith("application/json")) {
      return answer.body();
    }
    throw refused(word, status, type, answer.body());
  }

  private RuntimeException refused(String word, int status, String type, String body) {
    if (!type.startsWith("application/problem+json")) {
      return new StoreUnavailable(
          "what answers at " + server + " is no Penstock server; " + whereSaid());
    }
    Problem problem = problem(body);
    if (problem.failure() != null) {
      return problem.failure().made();
    }
    return new StoreUnavailable(
        switch (status) {
          case 401 ->
              "the server at "
                  + server
                  + " wants a key that it knows: set "
                  + ServerUrl.KEY
                  + "; penstock api-key create NAME, on its machine, makes one";
          case 403 -> "the server at " + server + " does not allow this: " + problem.detail();
          case 404, 405 ->
              "the server at " + server + " is of another version, which has no " + word;
          default -> "the server at " + server + " could not do it: " + problem.detail();
        });
  }

  /// One whose words this version does not know is told by its detail.
  private static Problem problem(String json) {
    try {
      return (Problem) java.util.Objects.requireNonNull(WireFormat.read(Problem.class, json));
    } catch (IllegalArgumentException e) {
      return new Problem(json, null);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
