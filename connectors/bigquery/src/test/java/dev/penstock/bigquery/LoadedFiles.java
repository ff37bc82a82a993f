package dev.penstock.bigquery;

import dev.penstock.data.ConnectionName;
import dev.penstock.data.JsonCodec;
import dev.penstock.data.Row;
import dev.penstock.files.JsonLines;
import dev.penstock.files.Parquet;
import dev.penstock.objects.StoreLocation;
import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.testkit.BigQueryStub;
import dev.penstock.testkit.stores.GcsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A stub of BigQuery that loads what is in a server of Google Cloud Storage.
final class LoadedFiles {
  private LoadedFiles() {}

  static BigQueryStub stub(GcsServer store) throws IOException {
    BigQueryStub stub = new BigQueryStub().dataset("d");
    stub.files(
        (format, uri) -> rows(format, StoreLocation.of(uri).by(new ConnectionName(store.url()))));
    return stub;
  }

  private static List<String> rows(String format, StoreLocation file) {
    Source<Row> rows =
        format.equals("PARQUET") ? Parquet.read(file, Row.class) : JsonLines.read(file, Row.class);
    JsonCodec<Row> codec = JsonCodec.of(Row.class);
    return Pipeline.from(rows)
        .map(row -> new String(codec.write(row), StandardCharsets.UTF_8))
        .toList();
  }
}
