package dev.penstock.kill;

/// Where a load can be halted.
enum Point {
  BEFORE_CLAIM,
  AFTER_CLAIM,
  /// The positions are known, the reader is not yet told.
  BEFORE_SEEK,
  /// The sink has its writer; a table that was to be made is made.
  AFTER_OPEN,
  AFTER_POLL,
  /// A worker has taken a record and has not yet called the user's function.
  SLOT_CLAIMED,
  /// A worker is done with a record that waits for those before it.
  SLOT_DONE,
  /// The record has left the ring.
  SLOT_EMITTED,
  /// So much is written that a commit is due.
  BATCH_FULL,
  BEFORE_COMMIT,
  AFTER_COMMIT,
  /// Before the last commit.
  BEFORE_FINISH,
  AFTER_FINISH;

  /// Whether it lies in a concurrent step.
  boolean isOfRing() {
    return switch (this) {
      case SLOT_CLAIMED, SLOT_DONE, SLOT_EMITTED -> true;
      case BEFORE_CLAIM,
          AFTER_CLAIM,
          BEFORE_SEEK,
          AFTER_OPEN,
          AFTER_POLL,
          BATCH_FULL,
          BEFORE_COMMIT,
          AFTER_COMMIT,
          BEFORE_FINISH,
          AFTER_FINISH ->
          false;
    };
  }

  /// At which pass a load is halted, so that it is in the midst of its work.
  int pass() {
    return switch (this) {
      case BEFORE_CLAIM, AFTER_CLAIM, BEFORE_SEEK, AFTER_OPEN, BEFORE_FINISH, AFTER_FINISH -> 1;
      case AFTER_POLL, BATCH_FULL, BEFORE_COMMIT, AFTER_COMMIT -> 3;
      case SLOT_CLAIMED, SLOT_DONE, SLOT_EMITTED -> 23_456;
    };
  }
}
