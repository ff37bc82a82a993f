package dev.penstock.bigquery;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.DataType;
import dev.penstock.data.Json;
import dev.penstock.data.JsonCodec;
import dev.penstock.data.JsonValue;
import dev.penstock.data.RecordType;
import dev.penstock.objects.StagedObjects;
import dev.penstock.objects.StoreSink;
import dev.penstock.pipeline.plan.Fn;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A table of BigQuery; made by [BigQuery#table]. Immutable, and safe for use by several threads.
public final class BigQueryTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ConnectionName connection;
  private final TableName name;
  private final @Nullable Fn<Record, String> insertId;

  BigQueryTable(ConnectionName connection, TableName name) {
    this(connection, name, null);
  }

  private BigQueryTable(
      ConnectionName connection, TableName name, @Nullable Fn<Record, String> insertId) {
    this.connection = connection;
    this.name = name;
    this.insertId = insertId;
  }

  /// Gives rows an id, by which BigQuery drops what it has had before in the last minute or so, if
  /// it can.
  ///
  /// @param record the class of all rows that will be inserted
  public <R extends Record> BigQueryTable insertId(Class<R> record, Fn<R, String> id) {
    return new BigQueryTable(connection, name, row -> id.apply(record.cast(row)));
  }

  /// Streams records into the table by one request (`insertAll`), to be used as a step. Good rows
  /// are in the table when this returns, whatever becomes of the bad ones: each row has its own
  /// result. At most 50,000 rows and 10 MB will do; 500 to 1,000 are advised.
  ///
  /// @param <R> a record class
  /// @throws BigQueryFailed when the service does not take the request
  public <R extends Record> InsertResult<R> insert(List<R> records) throws Exception {
    if (records.isEmpty()) {
      return new InsertResult<>(List.of());
    }
    StringJoiner rows = new StringJoiner(",", "{\"skipInvalidRows\":true,\"rows\":[", "]}");
    for (R record : records) {
      String id = insertId == null ? "" : "\"insertId\":" + text(insertId.apply(record)) + ",";
      rows.add("{" + id + "\"json\":" + json(record) + "}");
    }
    JsonValue answer =
        Rest.of(connection)
            .post(name.path() + "/insertAll", rows.toString(), "inserting into " + this);
    return results(records, answer);
  }

  private static <R extends Record> InsertResult<R> results(List<R> records, JsonValue answer) {
    List<List<String>> problems = new ArrayList<>();
    records.forEach(_ -> problems.add(new ArrayList<>()));
    for (JsonValue refused :
        answer.at("/insertErrors").map(JsonValue::elements).orElse(List.of())) {
      List<String> of = problems.get(refused.integer("/index"));
      for (JsonValue error : refused.at("/errors").map(JsonValue::elements).orElse(List.of())) {
        String field = error.text("/location");
        of.add(
            (field == null || field.isEmpty() ? "" : "field \"" + field + "\": ")
                + error.text("/message")
                + " ("
                + error.text("/reason")
                + ")");
      }
    }
    List<InsertedRow<R>> rows = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      rows.add(new InsertedRow<>(records.get(i), List.copyOf(problems.get(i))));
    }
    return new InsertResult<>(List.copyOf(rows));
  }

  @SuppressWarnings("unchecked") // the codec of a record's own class writes it
  private static <R extends Record> String json(R record) {
    JsonCodec<R> codec = JsonCodec.of((Class<R>) record.getClass());
    return new String(codec.write(record), StandardCharsets.UTF_8);
  }

  /// Makes the table for records of a class, if it is not there. What is there is left as it is.
  ///
  /// @return whether it was made
  public boolean create(Class<? extends Record> record) throws IOException, InterruptedException {
    Rest rest = Rest.of(connection);
    String body =
        "{\"tableReference\":%s,\"schema\":{\"fields\":%s}}"
            .formatted(name.json(rest.project().name()), Fields.of(RecordType.of(record).schema()));
    try {
      rest.post("/datasets/" + Rest.encoded(name.dataset()) + "/tables", body, "making " + this);
      return true;
    } catch (BigQueryFailed e) {
      if (e.status() == 409) {
        return false;
      }
      throw e;
    }
  }

  /// Puts the rows of another table into this one (`MERGE`): those whose keys are here replace what
  /// is here, the others are added.
  ///
  /// @param from must have one row for each key
  /// @param record the columns
  /// @param keys names of columns
  /// @return how many rows were changed and added
  public long merge(BigQueryTable from, Class<? extends Record> record, String... keys)
      throws IOException, InterruptedException {
    Upsert upsert = Upsert.of(record, Arrays.asList(keys));
    return BigQuery.execute(connection, upsert.sql(name, from.name.quoted()));
  }

  /// A sink that loads records into the table by files in a bucket of Google Cloud Storage, which
  /// costs nothing and shows all rows of a commit at once. The table is made if it is not there.
  ///
  /// ```java
  /// trips.to(BigQuery.table("taxi.trips")
  ///     .load(Trip.class, JsonLines.files(Trip.class, ObjectStore.gcs("staging").at("trips"))))
  /// ```
  ///
  /// @param files where the rows wait to be loaded, as JSON Lines or Parquet
  ///
  /// @throws IllegalArgumentException for files that BigQuery does not load
  public <R extends Record, S extends StagedObjects> BigQueryLoad<R, S> load(
      Class<R> record, StoreSink<R, S> files) {
    return new BigQueryLoad<>(this, record, files);
  }

  ConnectionName connection() {
    return connection;
  }

  TableName name() {
    return name;
  }

  private static String text(String text) {
    return Json.write(text, DataType.Scalar.STRING);
  }

  @Override
  public String toString() {
    return "BigQuery.table(" + connection + ", " + name + ")";
  }
}
