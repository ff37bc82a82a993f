package dev.penstock.bigquery;

import dev.penstock.data.DataType;
import dev.penstock.data.Json;
import dev.penstock.data.Schema;
import dev.penstock.objects.StoreSink;
import java.util.List;
import java.util.stream.Collectors;

/// The formats of files that BigQuery loads.
enum LoadFormat {
  JSON_LINES("JsonLines", "NEWLINE_DELIMITED_JSON"),
  PARQUET("Parquet", "PARQUET");

  private final String said;
  private final String name;

  LoadFormat(String said, String name) {
    this.said = said;
    this.name = name;
  }

  /// @throws IllegalArgumentException for files that BigQuery does not load
  static LoadFormat of(StoreSink<?, ?> files) {
    if (files.location().isLocal() || !files.location().scheme().equals("gs")) {
      throw new IllegalArgumentException(
          "BigQuery loads from Google Cloud Storage: write into ObjectStore.gcs(bucket), not "
              + files.describe());
    }
    if (files.notResumable().isPresent()) {
      throw new IllegalArgumentException(
          "each load needs files of its own: use %s.files, not %s"
              .formatted(files.format(), files.describe()));
    }
    for (LoadFormat format : values()) {
      if (format.said.equals(files.format())) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "rows are loaded from JsonLines.files or Parquet.files, not from " + files.describe());
  }

  /// What a load job is told. The files of JSON are read by the record's own schema; those of
  /// Parquet have theirs.
  ///
  /// @param anew whether the rows replace what is in the table
  String configuration(
      Rest rest, List<String> uris, TableName target, Schema schema, boolean anew) {
    String how =
        this == PARQUET
            ? "\"parquetOptions\":{\"enableListInference\":true}"
            : "\"schema\":{\"fields\":%s}".formatted(Fields.of(schema));
    return "{\"load\":{\"sourceUris\":%s,\"sourceFormat\":\"%s\",%s,\"destinationTable\":%s,\"createDisposition\":\"CREATE_IF_NEEDED\",\"writeDisposition\":\"%s\"}}"
        .formatted(
            uris.stream()
                .map(uri -> Json.write(uri, DataType.Scalar.STRING))
                .collect(Collectors.joining(",", "[", "]")),
            name,
            how,
            target.json(rest.project().name()),
            anew ? "WRITE_TRUNCATE" : "WRITE_APPEND");
  }
}
