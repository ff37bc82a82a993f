package dev.penstock.bigquery;

import dev.penstock.data.DataType;
import dev.penstock.data.Json;
import dev.penstock.data.RecordType;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How rows of one table replace those of another, and are added to it.
///
/// @param columns of both
/// @param keys those of them by which two rows are the same
/// @param latest the column by which the latest of several is known; null for any of them
record Upsert(List<String> columns, List<String> keys, @Nullable String latest)
    implements Serializable {

  static Upsert of(Class<? extends Record> record, List<String> keys) {
    List<String> columns = RecordType.of(record).schema().names();
    if (keys.isEmpty() || !columns.containsAll(keys)) {
      throw new IllegalArgumentException(
          "the keys to merge by must be columns of %s: %s, were %s"
              .formatted(record.getSimpleName(), columns, keys));
    }
    return new Upsert(columns, List.copyOf(keys), null);
  }

  Upsert latestBy(String column) {
    if (!columns.contains(column)) {
      throw new IllegalArgumentException(
          "the column of the latest must be one of %s, was %s".formatted(columns, column));
    }
    return new Upsert(columns, keys, column);
  }

  /// The statement that merges the rows of a table, one for each key.
  String sql(TableName target, String source) {
    String on =
        keys.stream()
            .map(key -> "t.`" + key + "` = s.`" + key + "`")
            .collect(Collectors.joining(" AND "));
    String set =
        columns.stream()
            .filter(column -> !keys.contains(column))
            .map(column -> "`" + column + "` = s.`" + column + "`")
            .collect(Collectors.joining(", "));
    String newer =
        latest == null
            ? ""
            : " AND (t.`%s` IS NULL OR s.`%s` >= t.`%s`)".formatted(latest, latest, latest);
    return "MERGE %s t USING %s s ON %s%s WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)"
        .formatted(
            target.quoted(),
            source,
            on,
            set.isEmpty() ? "" : " WHEN MATCHED" + newer + " THEN UPDATE SET " + set,
            quoted(""),
            quoted("s."));
  }

  private String quoted(String of) {
    return columns.stream().map(c -> of + "`" + c + "`").collect(Collectors.joining(", "));
  }

  /// What a job is told that merges a table whose rows may have the same keys.
  String configuration(TableName target, TableName staging) {
    String by = keys.stream().map(key -> "`" + key + "`").collect(Collectors.joining(", "));
    String order = latest == null ? "" : " ORDER BY `" + latest + "` DESC";
    String one =
        "(SELECT * FROM %s WHERE TRUE QUALIFY ROW_NUMBER() OVER (PARTITION BY %s%s) = 1)"
            .formatted(staging.quoted(), by, order);
    return "{\"query\":{\"query\":%s,\"useLegacySql\":false}}"
        .formatted(Json.write(sql(target, one), DataType.Scalar.STRING));
  }
}
