package dev.penstock.flow.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A database with a pool of connections to read by, and one writer that commits in groups.
final class JdbcDatabase implements Database {
  private final StoreUrl url;
  private final StoreClock clock;
  private final HikariDataSource readers;
  private final Topics topics;
  private final GroupCommit writer;

  /// Connects, and brings the tables up to this version.
  ///
  /// @param machine the clock of this machine
  /// @throws StoreUnavailable when that is not possible
  JdbcDatabase(StoreUrl url, InstantSource machine) {
    if (url.isInMemory()) {
      throw new IllegalArgumentException(
          "a store must be in a file, as in jdbc:sqlite:FILE, was " + url);
    }
    this.url = url;
    Migrations.of(url).bringUpToDate();
    clock = new StoreClock(url.dialect(), machine);
    readers = url.pool();
    topics = new Topics(url);
    WriterConnection connection =
        new WriterConnection(url, clock, Ids.next(InstantSource.system()));
    writer = new GroupCommit(new WriterTransactions(url, connection), topics::committed);
  }

  @Override
  public <R extends @Nullable Object> R read(Work<R> work) {
    try (SqlConnection open = new SqlConnection(readers.getConnection(), url.dialect())) {
      return work.in(new Tx(open, () -> clock.now(open)));
    } catch (SqlFailure | SQLException e) {
      throw StoreFailures.unavailable(url, e);
    }
  }

  @Override
  public <R extends @Nullable Object> R write(Work<R> work) {
    return writer.write(work);
  }

  @Override
  public CompletableFuture<Void> submit(Work<?> work) {
    return writer.submit(Sent.once(work)).thenAccept(_ -> {});
  }

  @Override
  public void notify(Tx tx, String topic) {
    tx.wake(topic);
  }

  @Override
  public AutoCloseable listen(TopicListener listener) {
    return topics.listen(listener);
  }

  @Override
  public Dialect dialect() {
    return url.dialect();
  }

  @Override
  public void close() {
    writer.close();
    topics.close();
    readers.close();
  }
}
