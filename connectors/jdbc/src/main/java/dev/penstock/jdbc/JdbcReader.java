package dev.penstock.jdbc;

import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Reader;
import dev.penstock.pipeline.connector.Split;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one split after another over one connection.
final class JdbcReader<T> implements Reader<T> {
  private final Pieces pieces;
  private final RowQuery<T> query;
  private final Deque<Piece> waiting = new ArrayDeque<>();
  private @Nullable Cursor<T> cursor;

  // looked at by threads that break a read off
  private volatile @Nullable Session session;
  private volatile @Nullable Statement running;

  JdbcReader(Pieces pieces, RowQuery<T> query) {
    this.pieces = pieces;
    this.query = query;
  }

  @Override
  public void assign(Map<Split, Optional<Position>> from) {
    waiting.addAll(pieces.of(from));
  }

  void assign(Piece piece) {
    waiting.add(piece);
  }

  @Override
  public void release(Set<Split> splits) throws SQLException {
    waiting.removeIf(piece -> splits.contains(piece.split()));
    Cursor<T> open = cursor;
    if (open != null && splits.contains(open.piece().split())) {
      end(open);
    }
  }

  @Override
  public @Nullable RowChunk<T> poll(Duration upTo) {
    try {
      Cursor<T> open = cursor;
      if (open == null) {
        Piece next = waiting.peek();
        if (next == null) {
          return null;
        }
        open = query.open(session(), next, statement -> running = statement);
        waiting.remove();
        cursor = open;
      }
      RowChunk<T> chunk = open.next();
      if (chunk.last()) {
        end(open);
      }
      return chunk;
    } catch (SQLException e) {
      throw new DatabaseFailure(
          "reading " + query.rows().shown() + " failed: " + PostgreSql.message(e), e);
    }
  }

  private Session session() throws SQLException {
    Session open = session;
    if (open == null) {
      open = Session.open(pieces.connection());
      session = open;
      open.begin();
    }
    return open;
  }

  private void end(Cursor<T> open) throws SQLException {
    cursor = null;
    running = null;
    open.close();
    session().connection().commit();
  }

  /// Asks the database to give up the query that runs, if one does.
  @Override
  public void wakeUp() {
    Session open = session;
    Statement statement = running;
    if (open != null && statement != null) {
      try {
        open.dialect().cancel(statement);
      } catch (SQLException e) {
        // It has ended, or cannot be asked: then only `abort` is left.
      }
    }
  }

  /// Drops the connection, whatever waits for it; called by another thread.
  void abort() {
    Session open = session;
    if (open != null) {
      try {
        open.connection().abort(Runnable::run);
      } catch (SQLException e) {
        // Nothing depends on it any more.
      }
    }
  }

  @Override
  public void close() {
    Cursor<T> open = cursor;
    cursor = null;
    running = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // The connection is closed next.
      }
    }
    Session last = session;
    session = null;
    if (last != null) {
      last.close();
    }
  }
}
