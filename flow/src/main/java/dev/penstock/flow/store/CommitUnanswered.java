package dev.penstock.flow.store;

/// The connection broke while a transaction was being committed: it may have happened, or not.
final class CommitUnanswered extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommitUnanswered(RuntimeException cause) {
    super("the database did not say whether it committed", cause);
  }
}
