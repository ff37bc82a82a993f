package dev.penstock.flow.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lets one process at a time change the tables of a store in a file. On PostgreSQL, Flyway sees to
/// that by itself.
final class MigrationLock implements AutoCloseable {
  /// A JVM cannot lock a file twice.
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final @Nullable FileChannel channel;

  private MigrationLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /// Waits until no other process changes the tables. The file of the lock stays: removing it would
  /// let in a process that makes a new one beside one that waits for the old.
  static MigrationLock of(StoreUrl url) {
    IN_THIS_PROCESS.lock();
    try {
      return new MigrationLock(
          switch (url.dialect()) {
            case SQLITE -> locked(Path.of(url.file() + ".lock"));
            case POSTGRESQL -> null;
          });
    } catch (IOException e) {
      IN_THIS_PROCESS.unlock();
      throw new StoreUnavailable(
          "the store "
              + url
              + " cannot be made or changed; Penstock must be able to write to its directory: "
              + e,
          e);
    }
  }

  private static FileChannel locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.lock();
    return channel;
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // the lock goes with the process at the latest
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }
}
