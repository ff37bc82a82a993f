package dev.penstock.cli.access;

import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.AuditEntry;

/// Notes what a command changes in the audit log.
final class CommandAudit {
  private static final String ORIGIN = "command";

  private CommandAudit() {}

  /// Whoever has started the command, as this machine calls them.
  static String actor() {
    return System.getProperty("user.name", "unknown");
  }

  static void note(Session session, String action, String subject) {
    session.store().auditLog().write(new AuditEntry.Draft(actor(), action, subject, ORIGIN));
  }
}
