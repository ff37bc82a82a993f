package dev.penstock.bigquery;

import dev.penstock.data.DataType;
import dev.penstock.data.Json;
import dev.penstock.data.JsonValue;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A query on its way: started once, then asked for page after page.
final class Query {
  private static final int ROWS = 10_000;
  private static final String FORMAT = "formatOptions.useInt64Timestamp=true";

  private final Rest rest;
  private final String sql;

  /// The answer before; null before the first.
  private @Nullable JsonValue before;

  Query(Rest rest, String sql) {
    this.rest = rest;
    this.sql = sql;
  }

  /// The next answer with rows, or nothing after the last.
  Optional<JsonValue> next() throws IOException, InterruptedException {
    JsonValue answer = before;
    if (answer == null) {
      answer = start();
    } else {
      String token = answer.text("/pageToken");
      if (token == null || token.isEmpty()) {
        return Optional.empty();
      }
      answer = more(answer, "&pageToken=" + Rest.encoded(token));
    }
    while (!answer.bool("/jobComplete")) {
      answer = more(answer, "");
    }
    before = answer;
    return Optional.of(answer);
  }

  /// Runs it to its end.
  ///
  /// @return how many rows a statement has changed
  long execute() throws IOException, InterruptedException {
    JsonValue answer = next().orElseThrow();
    Long changed = answer.get("/numDmlAffectedRows", Long.class);
    return changed == null ? 0 : changed;
  }

  private JsonValue start() throws IOException, InterruptedException {
    String location =
        rest.project().location().map(place -> ",\"location\":" + text(place)).orElse("");
    return rest.post(
        "/queries",
        "{\"query\":%s,\"useLegacySql\":false,\"maxResults\":%d,\"timeoutMs\":10000,\"formatOptions\":{\"useInt64Timestamp\":true}%s}"
            .formatted(text(sql), ROWS, location),
        what());
  }

  private JsonValue more(JsonValue answer, String page) throws IOException, InterruptedException {
    String job = answer.text("/jobReference/jobId");
    String location = answer.text("/jobReference/location");
    if (job == null) {
      throw new BigQueryFailed(what() + ": the answer names no job", 0, "", null, null);
    }
    String place = location == null ? "" : "&location=" + Rest.encoded(location);
    return rest.get(
        "/queries/"
            + Rest.encoded(job)
            + "?"
            + FORMAT
            + "&timeoutMs=10000&maxResults="
            + ROWS
            + place
            + page,
        what());
  }

  private String what() {
    String line = sql.replaceAll("\\s+", " ").strip();
    return "running \"" + (line.length() > 100 ? line.substring(0, 100) + "…" : line) + "\"";
  }

  private static String text(String text) {
    return Json.write(text, DataType.Scalar.STRING);
  }
}
