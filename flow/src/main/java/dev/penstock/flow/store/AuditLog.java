package dev.penstock.flow.store;

import java.time.Duration;
import java.util.List;

/// Who has changed what, when and from where.
public interface AuditLog {
  /// Entries are kept for so long.
  Duration KEPT = Duration.ofDays(400);

  @AtDatabase
  void write(AuditEntry.Draft entry);

  /// The newest first.
  ///
  /// @param before only those with a smaller id
  @Again
  List<AuditEntry> list(long before, int atMost);
}
