package dev.penstock.jdbc;

import dev.penstock.pipeline.connector.RejectedRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Sends buffers of rows down one connection, within one COPY from the first buffer to the end.
final class CopyStream implements Pump.Worker<RowBuffer> {
  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final byte[] TRAILER = {(byte) 0xff, (byte) 0xff};

  /// Where in the server's message a row is named: `COPY trips, line 3, column fare`.
  private static final Pattern LINE = Pattern.compile("line (\\d+)(?:, column (\\w+))?");

  /// The rows of one buffer: `line` counts those of this stream, `row` those of the commit unit.
  private record Start(long line, long row) {}

  private final Connection connection;
  private final TableName table;
  private final String sql;
  private final List<Start> starts = new ArrayList<>();
  private long lines;
  private volatile long bytes;
  private @Nullable CopyIn copy;

  CopyStream(Connection connection, LoadTarget<?> target) {
    this.connection = connection;
    this.table = target.table();
    this.sql =
        "COPY %s (%s) FROM STDIN (FORMAT binary)"
            .formatted(table.quoted(), Identifier.list(target.names()));
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  public void accept(RowBuffer buffer) throws SQLException {
    if (buffer.rows == 0) {
      return;
    }
    try {
      CopyIn in = copy;
      if (in == null) {
        in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        copy = in;
        in.writeToCopy(HEADER, 0, HEADER.length);
        starts.clear();
        lines = 0;
      }
      starts.add(new Start(lines, buffer.firstRow));
      lines += buffer.rows;
      in.writeToCopy(buffer.bytes(), 0, buffer.position());
      bytes += buffer.position();
    } catch (SQLException e) {
      throw explain(e);
    }
  }

  @Override
  public void end() throws SQLException {
    CopyIn in = copy;
    if (in != null) {
      try {
        in.writeToCopy(TRAILER, 0, TRAILER.length);
        in.endCopy();
        copy = null;
      } catch (SQLException e) {
        throw explain(e);
      }
    }
  }

  @Override
  public void cancel() {
    CopyIn in = copy;
    copy = null;
    if (in != null && in.isActive()) {
      try {
        in.cancelCopy();
      } catch (SQLException e) {
        // The transaction is rolled back next, which finds out whether the connection still works.
      }
    }
  }

  @Override
  public void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // It is broken already.
    }
  }

  long bytes() {
    return bytes;
  }

  /// Says which record it was, as far as the server knows.
  private RuntimeException explain(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    ServerErrorMessage server =
        e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    boolean refused = state.startsWith("22") || state.startsWith("23");
    if (server == null || !refused) {
      return new DatabaseFailure("loading table " + table + " failed: " + PostgreSql.message(e), e);
    }
    Matcher where = LINE.matcher(server.getWhere() == null ? "" : server.getWhere());
    long row = where.find() ? row(Long.parseLong(where.group(1)) - 1) : -1;
    String named = server.getColumn() == null && row >= 0 ? where.group(2) : server.getColumn();
    return new RejectedRecord(
        "table %s refused %s: %s%s"
            .formatted(
                table,
                row < 0 ? "a record" : "record " + (row + 1) + " since the last commit",
                named == null ? "" : "column \"" + named + "\": ",
                PostgreSql.message(e)),
        row,
        e);
  }

  private long row(long line) {
    Start found = starts.getFirst();
    for (Start start : starts) {
      if (start.line() <= line) {
        found = start;
      }
    }
    return found.row() + line - found.line();
  }
}
