package dev.penstock.testkit;

import dev.penstock.data.DataType;
import dev.penstock.data.Json;
import dev.penstock.data.JsonValue;
import dev.penstock.testkit.BigQueryStub.Refused;
import dev.penstock.testkit.BigQueryStub.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The jobs of a [BigQueryStub]: loads of files, and the one statement that Penstock merges by. An
/// id is taken once, and a job that fails has done nothing.
final class BigQueryJobs {
  private static final Pattern MERGE =
      Pattern.compile(
          "MERGE `([^`]+)` t USING \\(SELECT \\* FROM `([^`]+)` WHERE TRUE QUALIFY ROW_NUMBER\\(\\) OVER \\(PARTITION BY ([^)]+?)(?: ORDER BY `([^`]+)` DESC)?\\) = 1\\) s ON .*");

  private final Map<String, Table> tables;
  private final Map<String, Done> jobs = new HashMap<>();
  private final Deque<String> failing = new ArrayDeque<>();
  private BiFunction<String, String, List<String>> files =
      (_, uri) -> {
        throw new IllegalStateException("nobody has said what is in " + uri);
      };
  private int rows;

  /// @param error null for none
  private record Done(String configuration, @Nullable String error, int[] looks) {}

  BigQueryJobs(Map<String, Table> tables) {
    this.tables = tables;
  }

  /// @param files the rows of a file, as JSON objects, by its format and its address
  synchronized void files(BiFunction<String, String, List<String>> files) {
    this.files = files;
  }

  /// The next job fails for this reason.
  synchronized void fail(String reason) {
    failing.add(reason);
  }

  synchronized String insert(JsonValue body) throws Refused {
    String id = String.valueOf(body.text("/jobReference/jobId"));
    if (jobs.containsKey(id)) {
      throw new Refused(409, "duplicate", "Already Exists: Job test-project:US." + id);
    }
    JsonValue configuration = body.at("/configuration").orElseThrow();
    String planned = failing.poll();
    String error = planned == null ? done(configuration) : error(planned, "it failed for the test");
    jobs.put(id, new Done(configuration.toString(), error, new int[1]));
    return resource(id, "PENDING", null);
  }

  /// A job is not done at the first look.
  synchronized String get(String id) throws Refused {
    Done job = jobs.get(id);
    if (job == null) {
      throw new Refused(404, "notFound", "Not found: Job test-project:" + id);
    }
    return job.looks[0]++ == 0 ? resource(id, "RUNNING", null) : resource(id, "DONE", job.error);
  }

  /// How many jobs have done something.
  synchronized long succeeded() {
    return jobs.values().stream().filter(job -> job.error == null).count();
  }

  private static String resource(String id, String state, @Nullable String error) {
    return "{\"kind\":\"bigquery#job\",\"jobReference\":{\"projectId\":\"test-project\",\"jobId\":\"%s\"},\"status\":{\"state\":\"%s\"%s}}"
        .formatted(id, state, error == null ? "" : ",\"errorResult\":" + error);
  }

  private static String error(String reason, String message) {
    return "{\"reason\":\"%s\",\"message\":%s}"
        .formatted(reason, Json.write(message, DataType.Scalar.STRING));
  }

  /// @return what went wrong; null for nothing
  private @Nullable String done(JsonValue configuration) {
    String sql = configuration.text("/query/query");
    return sql == null ? load(configuration.at("/load").orElseThrow()) : merge(sql);
  }

  private @Nullable String load(JsonValue load) {
    String name =
        load.text("/destinationTable/datasetId") + "." + load.text("/destinationTable/tableId");
    List<JsonValue> loaded = new ArrayList<>();
    for (JsonValue uri : load.at("/sourceUris").orElseThrow().elements()) {
      String format = String.valueOf(load.text("/sourceFormat"));
      for (String row : files.apply(format, String.valueOf(uri.text("")))) {
        loaded.add(JsonValue.parse(row));
      }
    }
    Table table = tables.get(name);
    if (table == null) {
      JsonValue fields = load.at("/schema/fields").orElse(JsonValue.parse("[]"));
      table = BigQueryStub.tableOf(fields);
    }
    for (JsonValue row : loaded) {
      String problem = table.fields().isEmpty() ? null : BigQueryStub.problem(table, row);
      if (problem != null) {
        return error(
            "invalid", "Error while reading data: " + JsonValue.parse(problem).text("/message"));
      }
    }
    tables.put(name, table);
    if ("WRITE_TRUNCATE".equals(load.text("/writeDisposition"))) {
      table.rows().clear();
    }
    loaded.forEach(row -> put(name, row));
    return null;
  }

  private void put(String table, JsonValue row) {
    Objects.requireNonNull(tables.get(table)).rows().put("loaded " + rows++, row);
  }

  private @Nullable String merge(String sql) {
    Matcher merge = MERGE.matcher(sql);
    Table source = merge.matches() ? tables.get(merge.group(2)) : null;
    if (source == null) {
      return error("invalidQuery", "the stub does not run " + sql);
    }
    Table target = tables.get(merge.group(1));
    if (target == null) {
      return error("notFound", "Not found: Table test-project:" + merge.group(1));
    }
    String[] keys = merge.group(3).replace("`", "").split(", ");
    String latest = merge.group(4);
    Map<String, JsonValue> byKey = new LinkedHashMap<>();
    Map<String, String> places = new HashMap<>();
    target
        .rows()
        .forEach((place, row) -> {
          byKey.put(key(row, keys), row);
          places.put(key(row, keys), place);
        });
    for (JsonValue row : List.copyOf(source.rows().values())) {
      String key = key(row, keys);
      JsonValue there = byKey.get(key);
      boolean isOld =
          there != null && latest != null && number(row, latest) < number(there, latest);
      if (!isOld) {
        byKey.put(key, row);
        String place = places.computeIfAbsent(key, _ -> "loaded " + rows++);
        target.rows().put(place, row);
      }
    }
    return null;
  }

  private static double number(JsonValue row, String column) {
    return row.number("/" + column);
  }

  private static String key(JsonValue row, String... keys) {
    StringBuilder key = new StringBuilder();
    for (String each : keys) {
      key.append(row.at("/" + each)).append(',');
    }
    return key.toString();
  }
}
