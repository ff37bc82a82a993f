package dev.penstock.jdbc;

import dev.penstock.pipeline.connector.RejectedRecord;
import java.lang.foreign.Arena;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Loads a DuckDB table: the calling thread fills one batch of columns while DuckDB inserts the
/// other one.
final class ArrowLoader<T> implements RowLoader<T> {
  /// As many rows as DuckDB keeps together on disk: it compresses and writes them as they come.
  private static final int MAX_ROWS = 122_880;

  private static final int MIN_ROWS = 2_048;
  private static final int BATCH_BYTES = 24 << 20;

  private final Arena arena = Arena.ofShared();
  private final List<ArrowBatch<T>> batches = new ArrayList<>();
  private final Pump<ArrowBatch<T>> pump;
  private final Inserter<T> inserter;
  private ArrowBatch<T> batch;
  private boolean closed;

  ArrowLoader(DuckDBConnection connection, LoadTarget<T> target) throws InterruptedException {
    List<ArrowColumn> columns = new ArrayList<>();
    int rowBytes = 0;
    for (int i = 0; i < target.size(); i++) {
      ArrowColumn column = ArrowColumn.of(target.column(i), target.dataType(i));
      columns.add(column);
      rowBytes += column.width() + 1;
    }
    int rows = Math.clamp(BATCH_BYTES / rowBytes / 2048 * 2048, MIN_ROWS, MAX_ROWS);
    batches.add(new ArrowBatch<>(target, columns, rows, arena));
    batches.add(new ArrowBatch<>(target, columns, rows, arena));
    inserter = new Inserter<>(connection, target, columns);
    pump = new Pump<>("penstock-insert-" + target.table(), batches, List.of(inserter));
    batch = pump.current();
  }

  @Override
  public void write(T record) throws Exception {
    batch.write(record);
    if (batch.full()) {
      try {
        pump.exchange();
      } finally {
        next();
      }
    }
  }

  @Override
  public void flush() throws Exception {
    try {
      pump.finish();
    } finally {
      next();
    }
  }

  @Override
  public void cancel() {
    pump.cancel();
    next();
  }

  private void next() {
    batch = pump.current();
    batch.clear();
  }

  @Override
  public long bytes() {
    return inserter.bytes;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (pump.stop()) { // else DuckDB still reads the memory, and freeing it would end the JVM
        inserter.close();
        batches.forEach(ArrowBatch::close);
        arena.close();
      }
    }
  }

  /// Runs one INSERT for each batch.
  private static final class Inserter<T> implements Pump.Worker<ArrowBatch<T>> {
    private static final String VIEW = "penstock_rows";

    private final DuckDBConnection connection;
    private final ArrowStream stream;
    private final TableName table;
    private final String sql;
    private volatile @Nullable Statement running;
    private volatile long bytes;
    private long rows;

    Inserter(DuckDBConnection connection, LoadTarget<T> target, List<ArrowColumn> columns) {
      this.connection = connection;
      this.stream = new ArrowStream(connection, columns, VIEW);
      this.table = target.table();
      List<String> values = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        values.add(columns.get(i).cast().formatted(ArrowStream.column(i)));
      }
      this.sql =
          "INSERT INTO %s (%s) SELECT %s FROM %s"
              .formatted(
                  table.quoted(), Identifier.list(target.names()), String.join(", ", values), VIEW);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void accept(ArrowBatch<T> batch) throws SQLException {
      if (batch.rows() == 0) {
        return;
      }
      try (Statement statement = connection.createStatement()) {
        running = statement;
        stream.offer(batch);
        statement.executeUpdate(sql);
        rows += batch.rows();
        bytes += batch.bytes();
      } catch (SQLException e) {
        throw explain(e, batch.rows());
      } finally {
        running = null;
        stream.release();
      }
    }

    private RuntimeException explain(SQLException e, int inBatch) {
      String message = String.valueOf(e.getMessage());
      if (message.startsWith("Constraint Error") || message.startsWith("Conversion Error")) {
        return new RejectedRecord(
            "table %s refused one of records %d to %d since the last commit: %s"
                .formatted(table, rows + 1, rows + inBatch, message),
            -1,
            e);
      }
      return new DatabaseFailure("loading table " + table + " failed: " + message, e);
    }

    @Override
    public void end() {
      rows = 0;
    }

    @Override
    public void cancel() {
      rows = 0;
    }

    @Override
    public void abort() {
      Statement statement = running;
      if (statement != null) {
        try {
          statement.cancel();
        } catch (SQLException e) {
          // It has just ended.
        }
      }
    }

    void close() {
      stream.close();
    }
  }
}
