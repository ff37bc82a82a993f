package dev.penstock.flow.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a failure of the database means to whoever uses the store.
final class StoreFailures {
  /// Of PostgreSQL: it shuts down, has crashed, is starting, or has ended a session that stood
  /// still.
  private static final Set<String> ENDED = Set.of("57P01", "57P02", "57P03", "25P03");

  /// Of PostgreSQL: a serialization failure, a deadlock. The transaction is to be done again.
  private static final Set<String> AGAIN = Set.of("40001", "40P01");

  private static final String CONNECTION = "08";
  private static final String CONSTRAINT = "23";

  private StoreFailures() {}

  /// A failure of the database as [StoreUnavailable]; any other as it is.
  static RuntimeException told(StoreUrl url, Exception failure) {
    SQLException cause = cause(failure);
    if (failure instanceof RuntimeException other && (cause == null || isConstraint(cause))) {
      return other;
    }
    return unavailable(url, failure);
  }

  static StoreUnavailable unavailable(StoreUrl url, Exception failure) {
    SQLException cause = cause(failure);
    String said = String.valueOf((cause == null ? failure : cause).getMessage()).strip();
    String state = cause == null ? "" : state(cause);
    return new StoreUnavailable("the store " + url + " " + problem(url, state, said), failure);
  }

  /// Nobody can say whether a transaction was committed.
  static StoreUnavailable unknown(StoreUrl url, Exception failure) {
    return new StoreUnavailable(
        "the store "
            + url
            + " broke off while it was written to, and did not come back to say"
            + " whether that is there: what was written last may be, or not",
        failure);
  }

  /// Whether the connection is gone.
  static boolean isBroken(Throwable failure) {
    SQLException cause = cause(failure);
    if (cause == null) {
      return false;
    }
    String state = state(cause);
    return state.startsWith(CONNECTION)
        || ENDED.contains(state)
        || cause instanceof SQLTransientConnectionException;
  }

  /// Whether the same transaction, which was not committed, may work in a moment.
  static boolean passes(Throwable failure) {
    SQLException cause = cause(failure);
    return isBroken(failure) || cause != null && AGAIN.contains(state(cause));
  }

  private static boolean isConstraint(SQLException cause) {
    return state(cause).startsWith(CONSTRAINT)
        || String.valueOf(cause.getMessage()).contains("SQLITE_CONSTRAINT");
  }

  private static String state(SQLException cause) {
    String state = cause.getSQLState();
    return state == null ? "" : state;
  }

  private static String problem(StoreUrl url, String state, String said) {
    return switch (url.dialect()) {
      case SQLITE -> ofFile(said);
      case POSTGRESQL -> ofServer(state, said);
    };
  }

  private static String ofFile(String said) {
    if (said.contains("SQLITE_BUSY")) {
      return "is locked by another process, and was for as long as Penstock waits (30 s, unless its"
          + " URL says otherwise by busy_timeout): find out which process holds it: "
          + said;
    }
    if (said.contains("SQLITE_READONLY")) {
      return "is read-only; Penstock must be able to write to it and to its directory: " + said;
    }
    if (said.contains("SQLITE_FULL")) {
      return "is full: free some space on its disk, nothing that was committed is lost: " + said;
    }
    if (said.contains("SQLITE_NOTADB")) {
      return "is no store: the file was made by something else; choose another one: " + said;
    }
    if (said.contains("SQLITE_CORRUPT")) {
      return "is damaged: restore it from a backup, or move it away to begin a new one: " + said;
    }
    if (said.contains("SQLITE_CANTOPEN")) {
      return "cannot be opened: Penstock must be able to read and write it and its directory: "
          + said;
    }
    return "cannot be used: " + said;
  }

  private static String ofServer(String state, String said) {
    if (state.startsWith(CONNECTION) || ENDED.contains(state)) {
      return "cannot be reached; is its server running, at this address? " + said;
    }
    return switch (state) {
      case "28P01", "28000" -> "refuses this user or password: " + said;
      case "3D000" -> "has no such database: create it, Penstock makes its tables only: " + said;
      case "25006" -> "is read-only; Penstock must be able to write to it: " + said;
      case "42501" -> "does not allow its user to do this: " + said;
      case "53100" ->
          "is full: free some space on its disk, nothing that was committed is lost: " + said;
      case "53300" -> "has no connection left for Penstock, which needs up to six: " + said;
      default -> "cannot be used: " + said;
    };
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
