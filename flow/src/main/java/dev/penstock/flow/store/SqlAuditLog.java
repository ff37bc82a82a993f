package dev.penstock.flow.store;

import java.util.List;

/// The SQL of [AuditLog].
final class SqlAuditLog implements AuditLog {
  private static final int LONGEST = 1000;

  private final Database database;

  SqlAuditLog(Database database) {
    this.database = database;
  }

  @Override
  public void write(AuditEntry.Draft entry) {
    database.write(tx ->
        tx.update(
                """
                INSERT INTO audit_entry (occurred_at, actor, action, subject, origin)
                VALUES (:now, :actor, :action, :subject, :origin)
                """)
            .bind("now", tx.now())
            .bind("actor", cut(entry.actor()))
            .bind("action", cut(entry.action()))
            .bind("subject", cut(entry.subject()))
            .bind("origin", cut(entry.origin()))
            .execute());
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  @Override
  public List<AuditEntry> list(long before, int atMost) {
    return database.read(tx ->
        tx.query("SELECT * FROM audit_entry WHERE id < :before ORDER BY id DESC LIMIT :most")
            .bind("before", before)
            .bind("most", atMost)
            .map(row ->
                new AuditEntry(
                    row.getLong("id"),
                    Tx.instant(row.getLong("occurred_at")),
                    row.getString("actor"),
                    row.getString("action"),
                    row.getString("subject"),
                    row.getString("origin")))
            .list());
  }

  static void forgetOld(Tx tx) {
    tx.update("DELETE FROM audit_entry WHERE occurred_at <= :before")
        .bind("before", tx.now() - Tx.micros(KEPT))
        .execute();
  }
}
