package dev.penstock.flow.store;

import java.sql.SQLException;

/// A statement that the database has refused, or a connection that is gone. [StoreFailures] says
/// what that means.
final class SqlFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SqlFailure(String what, SQLException cause) {
    super(cause.getMessage() + " (" + what.strip() + ")", cause);
  }
}
