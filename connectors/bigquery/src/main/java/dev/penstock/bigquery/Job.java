package dev.penstock.bigquery;

import dev.penstock.data.DataType;
import dev.penstock.data.Json;
import dev.penstock.data.JsonValue;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A job that is done once, however often and by how many it is asked for: BigQuery takes an id
/// once. A job that failed has done nothing, and its id is taken: the next attempt has another, by
/// a number at its end, which all who try go through in the same order.
///
/// @param id without the number of the attempt
/// @param configuration what it does, as a JSON object
/// @param what it does, for messages
record Job(Rest rest, String id, String configuration, String what) {
  private static final int ATTEMPTS = 5;
  private static final int MOST = 100;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /// Whether it was done already.
  boolean isDone() throws IOException, InterruptedException {
    for (int attempt = 0; attempt < MOST; attempt++) {
      JsonValue job = look(attempt);
      if (job == null) {
        return false;
      }
      if (failure(finished(job, attempt)) == null) {
        return true;
      }
    }
    return false;
  }

  /// Does it, unless it was done, and waits for its end.
  ///
  /// @throws BigQueryFailed when it cannot be done
  void run() throws IOException, InterruptedException {
    int own = 0;
    for (int attempt = 0; attempt < MOST; attempt++) {
      JsonValue job = look(attempt);
      boolean isOwn = job == null && begin(attempt);
      if (job == null) {
        job = look(attempt);
      }
      if (job == null) {
        throw failed("the job " + id(attempt) + " that was begun is not there", "");
      }
      JsonValue error = failure(finished(job, attempt));
      if (error == null) {
        return;
      }
      if (isOwn) {
        own++;
        BigQueryFailed failure =
            failed(String.valueOf(error.text("/message")), String.valueOf(error.text("/reason")));
        if (own == ATTEMPTS || !failure.isPassing()) {
          throw failure;
        }
      }
    }
    throw failed(MOST + " attempts have failed", "");
  }

  private BigQueryFailed failed(String why, String reason) {
    String named = reason.isEmpty() ? "" : " (" + reason + ")";
    return new BigQueryFailed(what + ": " + why + named, 400, reason, null, null);
  }

  private String id(int attempt) {
    return id + "_" + attempt;
  }

  private static @Nullable JsonValue failure(JsonValue job) {
    return job.at("/status/errorResult").filter(error -> !error.isNull()).orElse(null);
  }

  /// @return false when somebody else has begun it
  private boolean begin(int attempt) throws IOException, InterruptedException {
    String place = rest.project().location().map(at -> ",\"location\":" + text(at)).orElse("");
    String body =
        "{\"jobReference\":{\"projectId\":%s,\"jobId\":%s%s},\"configuration\":%s}"
            .formatted(text(rest.project().name()), text(id(attempt)), place, configuration);
    try {
      rest.patiently(() -> rest.post("/jobs", body, what));
      return true;
    } catch (BigQueryFailed e) {
      if (e.status() == 409) {
        return false;
      }
      throw e;
    }
  }

  /// The job; null when there is none.
  private @Nullable JsonValue look(int attempt) throws IOException, InterruptedException {
    String place = rest.project().location().map(at -> "?location=" + Rest.encoded(at)).orElse("");
    try {
      return rest.patiently(() -> rest.get("/jobs/" + id(attempt) + place, what));
    } catch (BigQueryFailed e) {
      if (e.status() == 404) {
        return null;
      }
      throw e;
    }
  }

  private JsonValue finished(JsonValue begun, int attempt)
      throws IOException, InterruptedException {
    JsonValue job = begun;
    Duration pause = Duration.ofMillis(50);
    while (!"DONE".equals(job.text("/status/state"))) {
      Thread.sleep(pause);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      JsonValue now = look(attempt);
      if (now == null) {
        throw failed("the job " + id(attempt) + " is not there any more", "");
      }
      job = now;
    }
    return job;
  }

  private static String text(String text) {
    return Json.write(text, DataType.Scalar.STRING);
  }
}
