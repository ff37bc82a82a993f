package dev.penstock.cli.access;

import dev.penstock.cli.session.LimitOption;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.AuditEntry;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock audit`: who has changed what through the server.
@Command(
    name = "audit",
    description = {
      "Shows who has changed what, when and from where:",
      "through the server, and by the commands around users and keys."
    })
public final class AuditCommand {
  private final Session session;

  AuditCommand(Session session) {
    this.session = session;
  }

  private static SequencedMap<String, @Nullable Object> json(AuditEntry entry) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("at", entry.at());
    json.put("actor", entry.actor());
    json.put("action", entry.action());
    json.put("subject", entry.subject());
    json.put("origin", entry.origin());
    return json;
  }

  @Command(name = "ls", description = "Lists changes, the newest first.")
  void ls(@Mixin LimitOption limit, @Mixin OutputOption output) {
    Listing.of(
            session,
            "nothing was changed yet",
            AuditCommand::json,
            "actor",
            "action",
            "subject",
            "origin",
            "at")
        .print(session, output, session.store().auditLog().list(Long.MAX_VALUE, limit.rows()));
  }
}
