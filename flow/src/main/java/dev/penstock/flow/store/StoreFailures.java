package dev.penstock.flow.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What a failure of the database means to whoever uses the store.
final class StoreFailures {
  private StoreFailures() {}

  /// A failure of the database as [StoreUnavailable]; any other as it is.
  static RuntimeException told(StoreUrl url, RuntimeException failure) {
    return cause(failure) == null ? failure : unavailable(url, failure);
  }

  static StoreUnavailable unavailable(StoreUrl url, Exception failure) {
    SQLException cause = cause(failure);
    String said = String.valueOf((cause == null ? failure : cause).getMessage()).strip();
    return new StoreUnavailable("the store " + url + " " + problem(said), failure);
  }

  private static String problem(String said) {
    if (said.contains("SQLITE_BUSY")) {
      return "is locked by another process, for longer than 30 s: " + said;
    }
    if (said.contains("SQLITE_READONLY")) {
      return "is read-only; Penstock must be able to write to it and to its directory: " + said;
    }
    if (said.contains("SQLITE_FULL")) {
      return "is full: free some space on its disk, nothing that was committed is lost: " + said;
    }
    return "cannot be used: " + said;
  }

  private static @Nullable SQLException cause(Throwable failure) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
