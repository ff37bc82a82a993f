package dev.penstock.flow.store;

import com.zaxxer.hikari.HikariDataSource;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// A database with a pool of connections to read by, and one writer that commits in groups.
final class JdbcDatabase implements Database {
  private final StoreUrl url;
  private final HikariDataSource readers;
  private final Jdbi reading;
  private final StoreClock clock;
  private final GroupCommit writer;
  private final Topics topics;

  /// Connects, and brings the tables up to this version.
  ///
  /// @param machine the clock of this machine
  /// @throws StoreUnavailable when that is not possible
  JdbcDatabase(StoreUrl url, InstantSource machine) {
    this.url = url;
    try {
      Migrations.of(url).bringUpToDate();
      clock = new StoreClock(url.dialect(), machine);
      writer = new GroupCommit(url, clock);
      readers = url.pool();
      reading = Sql.over(readers);
      topics = Topics.of(url);
    } catch (JdbiException e) {
      throw unavailable(e);
    }
  }

  @Override
  public <R extends @Nullable Object> R read(Work<R> work) {
    try {
      return reading.withHandle(
          handle -> work.in(new Tx(handle, url.dialect(), clock.now(handle))));
    } catch (JdbiException e) {
      throw unavailable(e);
    }
  }

  @Override
  public <R extends @Nullable Object> R write(Work<R> work) {
    return writer.write(work);
  }

  @Override
  public CompletableFuture<Void> submit(Work<?> work) {
    return writer.submit(work).thenAccept(_ -> {});
  }

  @Override
  public void notify(Tx tx, String topic) {
    topics.notify(tx, topic);
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

  private StoreUnavailable unavailable(JdbiException e) {
    return StoreFailures.unavailable(url, e);
  }
}
