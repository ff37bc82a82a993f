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

  /// Through a server nothing is to be noted here: it does so itself.
  static void note(Session session, String action, String subject) {
    if (session.server().isEmpty()) {
      session.store().auditLog().write(new AuditEntry.Draft(actor(), action, subject, ORIGIN));
    }
  }
}
