package dev.penstock.bigquery;

import dev.penstock.data.ConnectionName;
import java.io.IOException;

/// Where programs begin with BigQuery.
///
/// ```java
/// cards.batch(1_000).map(BigQuery.table("ingestion.card")::insert, concurrency(2))
/// Pipeline.from(BigQuery.query("SELECT id, name FROM ingestion.card", Card.class))
/// ```
///
/// Without a connection it is the one named `bigquery`. Its URL is `bigquery://PROJECT`, with
/// `?location=EU` where data is not in the US, and `&credentials=FILE` for the key of a service
/// account, else whoever this process is in the ways of Google.
public final class BigQuery {
  private static final ConnectionName DEFAULT = new ConnectionName("bigquery");

  private BigQuery() {}

  /// A table of the connection `bigquery`.
  ///
  /// @param name `dataset.table`
  public static BigQueryTable table(String name) {
    return table(DEFAULT, name);
  }

  /// A table.
  ///
  /// @param name `dataset.table`
  public static BigQueryTable table(ConnectionName connection, String name) {
    return new BigQueryTable(connection, TableName.of(name));
  }

  /// The rows of a query, of the connection `bigquery`.
  public static <T> BigQuerySource<T> query(String sql, Class<T> record) {
    return query(DEFAULT, sql, record);
  }

  /// The rows of a query in standard SQL.
  ///
  /// @param record a record class, or [dev.penstock.data.Row]
  public static <T> BigQuerySource<T> query(
      ConnectionName connection, String sql, Class<T> record) {
    return new BigQuerySource<>(connection, sql, record);
  }

  /// Runs one statement, and waits for its end.
  ///
  /// @return how many rows it has changed; 0 for one that changes none
  /// @throws BigQueryFailed when the service refuses it
  public static long execute(ConnectionName connection, String sql)
      throws IOException, InterruptedException {
    return new Query(Rest.of(connection), sql).execute();
  }
}
