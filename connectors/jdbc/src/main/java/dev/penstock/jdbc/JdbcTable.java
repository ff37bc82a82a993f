package dev.penstock.jdbc;

import dev.penstock.data.Column;
import dev.penstock.data.ConnectionName;
import dev.penstock.data.DataType;
import dev.penstock.data.DidYouMean;
import dev.penstock.data.RecordType;
import dev.penstock.data.Schema;
import dev.penstock.jdbc.LoadSettings.Mode;
import dev.penstock.pipeline.connector.Claim;
import dev.penstock.pipeline.connector.CommitLog;
import dev.penstock.pipeline.connector.TransactionalSink;
import dev.penstock.pipeline.connector.TxWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A table to write records into; made by [Jdbc#table]. Immutable: each setting gives a new value,
/// and one that contradicts an earlier one is refused at its call.
///
/// Without a mode, records are appended. The table must exist, unless [#create] was said; a table
/// that exists must fit the record, and every mismatch is told in one [TableMismatch] before the
/// first record is written. Columns are matched by name: the component's, its snake_case form, or
/// the only one that differs in case and underscores alone.
///
/// Everything since the last commit is one transaction, together with the positions of a resumable
/// run.
///
/// @param <T> the record class
public final class JdbcTable<T> implements TransactionalSink<T> {
  private static final long serialVersionUID = 1L;

  private final ConnectionName connection;
  private final TableName table;
  private final Class<T> record;
  private final LoadSettings settings;

  JdbcTable(ConnectionName connection, TableName table, Class<T> record, LoadSettings settings) {
    this.connection = connection;
    this.table = table;
    this.record = record;
    this.settings = settings;
  }

  /// Makes the table, with a column for each component, if it does not exist yet. With [#upsert]
  /// the key becomes its primary key.
  public JdbcTable<T> create() {
    return with(settings.withCreate());
  }

  /// Adds the records to those that are there; this is what happens when nothing is said.
  public JdbcTable<T> append() {
    return with(settings.with(Mode.APPEND));
  }

  /// Puts the records in the place of those that are there. They are loaded into a table beside it,
  /// which takes its place in one transaction when the last record is in; until then readers see
  /// the old rows. PostgreSQL's indexes, constraints and defaults are kept; elsewhere only NOT NULL
  /// and unique keys. Grants are not, and views on it must be dropped before.
  ///
  /// In a resumable run the table beside it lives across commits. A run that goes on after its end
  /// (because its source has grown) appends.
  public JdbcTable<T> replace() {
    return with(settings.with(Mode.REPLACE));
  }

  /// Updates the row that has the same key, else inserts one. The table needs a primary key or
  /// unique index on just these columns. Of records with the same key the last one wins.
  ///
  /// @param keys names of components or columns
  public JdbcTable<T> upsert(String... keys) {
    if (keys.length == 0) {
      throw new IllegalArgumentException("upsert needs at least one key column");
    }
    return with(settings.withKeys(columns("upsert", keys)));
  }

  /// With [#upsert]: adds the value of these columns to the stored one, instead of replacing it. A
  /// null counts as 0.
  ///
  /// @param columns names of components or columns that are numbers
  public JdbcTable<T> adding(String... columns) {
    List<String> names = columns("adding", columns);
    Schema schema = RecordType.of(record).schema();
    for (String name : names) {
      Column column = schema.column(schema.indexOf(name));
      if (!isNumber(column.type())) {
        throw new IllegalArgumentException(
            "adding needs numbers, column \"%s\" is %s".formatted(name, column.type().describe()));
      }
    }
    return with(settings.withAdding(names));
  }

  /// Writes on this many connections at once, from 1 (if nothing is said) to 64; on PostgreSQL two
  /// bring about one and a half times the rows of one. Not for resumable runs, nor for [#upsert];
  /// databases other than PostgreSQL use one.
  ///
  /// With [#replace], or when [#create] makes the table, all rows become visible at once. Appended
  /// to a table that is there, they become visible in one commit for each connection, one right
  /// after the other when all rows have been accepted: a process that dies just between them leaves
  /// a part.
  public JdbcTable<T> connections(int count) {
    return with(settings.withConnections(count));
  }

  @Override
  public CommitLog log() {
    return JdbcLog.open(connection);
  }

  @Override
  public Optional<String> notResumable() {
    Dialect dialect = Dialect.of(connection.settings().url());
    if (!dialect.keepsPositions()) {
      return Optional.of("its database is none of PostgreSQL, DuckDB and SQLite");
    }
    int used = dialect.connections(settings.connections());
    return used == 1 ? Optional.empty() : Optional.of("it writes on " + used + " connections");
  }

  @Override
  public TxWriter<T> open(@Nullable Claim claim) throws Exception {
    return TableWriter.open(
        connection, table, RecordType.of(record), settings, JdbcClaim.of(claim));
  }

  @Override
  public boolean adds() {
    return settings.chosen() != LoadSettings.Mode.REPLACE;
  }

  @Override
  public String describe() {
    return "Jdbc.table(" + connection + ", " + table + ")";
  }

  @Override
  public String toString() {
    return describe();
  }

  private JdbcTable<T> with(LoadSettings changed) {
    return new JdbcTable<>(connection, table, record, changed);
  }

  /// The columns of these names, each the name of a column or a component.
  private List<String> columns(String call, String... names) {
    Schema schema = RecordType.of(record).schema();
    List<String> found = new ArrayList<>();
    for (String name : names) {
      String column =
          schema.columns().stream()
              .filter(c -> c.name().equals(name) || c.component().equals(name))
              .map(Column::name)
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "%s names column \"%s\", which record %s does not have%s"
                          .formatted(
                              call,
                              name,
                              record.getSimpleName(),
                              DidYouMean.hint(name, schema.names()))));
      if (found.contains(column)) {
        throw new IllegalArgumentException(call + " names column \"" + name + "\" twice");
      }
      found.add(column);
    }
    return found;
  }

  private static boolean isNumber(DataType type) {
    return switch (type) {
      case DataType.Scalar scalar ->
          switch (scalar) {
            case BYTE, SHORT, INT, LONG, FLOAT, DOUBLE -> true;
            case BOOLEAN, CHAR, STRING, DATE, TIME, LOCAL_DATE_TIME, INSTANT, UUID, BINARY -> false;
          };
      case DataType.Decimal _ -> true;
      case DataType.Enumeration _, DataType.Nested _, DataType.ListOf _, DataType.MapOf _ -> false;
    };
  }
}
