package dev.penstock.jdbc;

/// The database could not do what was asked of it: it cannot be reached, the connection broke, the
/// disk is full, a statement is wrong. The message says what was being done and what the database
/// answered.
public final class DatabaseFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /// For causes whose message may hold a secret.
  DatabaseFailure(String message) {
    super(message);
  }
}
