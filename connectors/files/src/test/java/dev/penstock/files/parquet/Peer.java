package dev.penstock.files.parquet;

import dev.penstock.data.DataSize;
import dev.penstock.data.RecordType;
import dev.penstock.data.Row;
import dev.penstock.objects.StoreLocation;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.jspecify.annotations.Nullable;

/// Reads and writes files for tests, by our own code and by DuckDB's.
final class Peer {
  private Peer() {}

  static <T> List<T> read(Path file, Class<T> type) throws Exception {
    return read(file, type, null, 0);
  }

  static <T> List<T> read(Path file, Class<T> type, @Nullable Condition where, long from)
      throws Exception {
    List<T> records = new ArrayList<>();
    try (ParquetFile open =
        ParquetFile.open(StoreLocation.of(file).read(), file.getFileName().toString())) {
      collect(RowReader.of(open, RecordType.of(type), where), from, records);
    }
    return records;
  }

  static List<Row> rows(Path file) throws Exception {
    List<Row> records = new ArrayList<>();
    try (ParquetFile open =
        ParquetFile.open(StoreLocation.of(file).read(), file.getFileName().toString())) {
      collect(RowReader.ofRows(open, null), 0, records);
    }
    return records;
  }

  private static <T> void collect(RowReader<T> reader, long from, List<T> records)
      throws Exception {
    reader.seek(from);
    for (int[] rows = reader.next(); rows != null; rows = reader.next()) {
      for (int row : rows) {
        records.add(reader.get(row));
      }
    }
  }

  static <T> void write(
      Path file, Class<T> type, List<T> records, WriteSettings settings, ParquetProperties how)
      throws Exception {
    try (OutputStream out = Files.newOutputStream(file);
        RowWriter<T> writer = RowWriter.create(out, RecordType.of(type), settings, how)) {
      for (T record : records) {
        writer.write(record);
      }
      writer.finish(Map.of());
    }
  }

  static <T> void write(Path file, Class<T> type, List<T> records) throws Exception {
    WriteSettings settings =
        new WriteSettings(WriteSettings.Compression.ZSTD, DataSize.kibibytes(64));
    write(file, type, records, settings, RowWriter.properties().build());
  }

  static void duckdb(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The rows of a query as DuckDB shows them.
  static List<List<@Nullable String>> query(String sql) throws Exception {
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      while (results.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
          row.add(results.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
