package dev.penstock.flow.store;

/// What differs between the databases that hold a store.
enum Dialect {
  SQLITE("", "", "", "INTEGER PRIMARY KEY AUTOINCREMENT"),
  POSTGRESQL(
      "FOR NO KEY UPDATE",
      "FOR UPDATE",
      "FOR UPDATE SKIP LOCKED",
      "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY");

  private final String hold;
  private final String forUpdate;
  private final String skipLocked;
  private final String serial;

  Dialect(String hold, String forUpdate, String skipLocked, String serial) {
    this.hold = hold;
    this.forUpdate = forUpdate;
    this.skipLocked = skipLocked;
    this.serial = serial;
  }

  /// Keeps a row that was read from being changed by others. SQLite has one writer at a time.
  String hold() {
    return hold;
  }

  /// Keeps a row that was read, and is about to be changed, from others.
  String forUpdate() {
    return forUpdate;
  }

  /// Takes rows that nobody else is about to take.
  String skipLocked() {
    return skipLocked;
  }

  /// The column of a number that the database gives, growing.
  String serial() {
    return serial;
  }
}
