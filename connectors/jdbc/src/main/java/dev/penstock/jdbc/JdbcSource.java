package dev.penstock.jdbc;

import dev.penstock.data.ConnectionName;
import dev.penstock.pipeline.connector.Assignments;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.Trait;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The rows of a table or a query, read as they come, never all at once; made by [Jdbc#read] and
/// [Jdbc#query]. Immutable: each setting gives a new value.
///
/// Columns are matched to components by name. What does not fit is told in one [TableMismatch]
/// before the first record; a value that does not fit is the failure of its record.
///
/// @param <T> a record class, or [dev.penstock.data.Row]
public final class JdbcSource<T> implements Source<T> {
  private static final long serialVersionUID = 1L;

  /// What is read.
  ///
  /// @param sql a table's quoted name, or a query in parentheses
  /// @param shown for messages
  @SuppressWarnings("serial") // arguments of queries are numbers, texts and times
  record Rows(String sql, String shown, List<Object> arguments) implements Serializable {
    static Rows table(TableName name) {
      return new Rows(name.quoted(), "table " + name, List.of());
    }

    static Rows query(String sql, Object... arguments) {
      String trimmed = sql.strip().replaceAll(";$", "");
      return new Rows("(" + trimmed + "\n) AS penstock_query", trimmed, List.of(arguments));
    }

    /// Whether this is a query, whose text is `shown`.
    boolean query() {
      return sql.startsWith("(");
    }
  }

  private final ConnectionName connection;
  private final Rows rows;
  private final Class<T> record;
  private final Reading reading;

  JdbcSource(ConnectionName connection, Rows rows, Class<T> record, Reading reading) {
    this.connection = connection;
    this.rows = rows;
    this.record = record;
    this.reading = reading;
  }

  /// Reads the rows in the order of this column, and so makes the source resumable: a run goes on
  /// after the last key that was committed. The key must be unique and not null, and new rows must
  /// get greater ones.
  public JdbcSource<T> orderedBy(String column) {
    return with(reading.orderedBy(column));
  }

  /// Reads the rows in this many ranges of a column of whole numbers, each with a query of its own,
  /// several at once: see [#connections]. Rows of different ranges come in no order among each
  /// other. Rows without a key are in the first range.
  ///
  /// Together with [#orderedBy] the same column, the source is resumable, each range by itself. The
  /// ranges stay as they were in the first run; what was added since is in the last one.
  ///
  /// @param count from 1 to 1,000
  public JdbcSource<T> splitBy(String column, int count) {
    return with(reading.splitBy(column, count));
  }

  /// Over how many connections ranges are read at once, after [#splitBy]; by default one for each
  /// range, and 8 at most.
  ///
  /// @param count from 1 to 64
  public JdbcSource<T> connections(int count) {
    return with(reading.over(count));
  }

  private JdbcSource<T> with(Reading other) {
    return new JdbcSource<>(connection, rows, record, other);
  }

  @Override
  public Set<Trait> traits() {
    EnumSet<Trait> traits = EnumSet.of(Trait.BOUNDED);
    if (reading.split() != null) {
      traits.add(Trait.SPLITTABLE);
    }
    if (reading.order() != null) {
      traits.add(Trait.SEEKABLE);
    }
    if (reading.atOnce() > 1) {
      traits.add(Trait.INTERLEAVED);
    }
    return traits;
  }

  private Pieces pieces() {
    return new Pieces(connection, rows, reading);
  }

  @Override
  public Optional<String> condition() {
    return reading.order() == null
        ? Optional.empty()
        : Optional.of("new rows get a greater " + reading.order());
  }

  @Override
  public List<Split> discover() {
    return pieces().discover();
  }

  @Override
  public Reader<T> open(Assignments events) {
    RowQuery<T> query = new RowQuery<>(rows, record, reading.order());
    return reading.atOnce() > 1
        ? new ParallelReader<>(pieces(), query, reading.atOnce())
        : new JdbcReader<>(pieces(), query);
  }

  @Override
  public String describe() {
    return "Jdbc.read(" + connection + ", " + rows.shown().lines().findFirst().orElse("") + ")";
  }

  @Override
  public String toString() {
    return describe();
  }
}
