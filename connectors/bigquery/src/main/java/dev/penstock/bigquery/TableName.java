package dev.penstock.bigquery;

import dev.penstock.data.BadText;
import dev.penstock.data.DataType.Scalar;
import dev.penstock.data.Json;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of a table within a project.
record TableName(String dataset, String table) implements Serializable {
  private static final Pattern NAME =
      Pattern.compile("([A-Za-z0-9_]{1,1024})\\.([\\p{L}\\p{M}\\p{N}_ -]{1,1024})");

  /// @throws BadText when it is none
  static TableName of(String text) {
    Matcher name = NAME.matcher(text);
    if (!name.matches()) {
      throw new BadText(text, "the name of a table like dataset.table");
    }
    return new TableName(name.group(1), name.group(2));
  }

  /// As requests name it.
  String json(String project) {
    return "{\"projectId\":%s,\"datasetId\":%s,\"tableId\":%s}"
        .formatted(
            Json.write(project, Scalar.STRING),
            Json.write(dataset, Scalar.STRING),
            Json.write(table, Scalar.STRING));
  }

  /// Its address below the project.
  String path() {
    return "/datasets/" + Rest.encoded(dataset) + "/tables/" + Rest.encoded(table);
  }

  /// For SQL.
  String quoted() {
    return "`" + dataset + "." + table + "`";
  }

  @Override
  public String toString() {
    return dataset + "." + table;
  }
}
