package dev.penstock.jdbc;

import java.util.List;

/// A record and a table, or the columns of a query, do not fit together. The message lists every
/// mismatch.
public final class TableMismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  TableMismatch(String what, List<String> problems) {
    super(
        problems.size() == 1
            ? what + ": " + problems.getFirst()
            : what + ":\n  - " + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /// Every mismatch, one sentence each.
  public List<String> problems() {
    return problems;
  }
}
