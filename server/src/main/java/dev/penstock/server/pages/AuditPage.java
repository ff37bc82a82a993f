package dev.penstock.server.pages;

import dev.penstock.flow.store.AuditEntry;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.List;
import java.util.Map;

/// The changes that were made, and by whom.
final class AuditPage {
  private static final int ROWS = 100;

  private final Site site;

  AuditPage(Site site) {
    this.site = site;
  }

  List<Route> routes() {
    return List.of(Route.get("/audit", this::show));
  }

  private Answer show(Request request) {
    long before =
        request
            .query()
            .first("before")
            .map(text -> RunPage.number("before", text))
            .orElse(Long.MAX_VALUE);
    List<AuditEntry> found = site.store().auditLog().list(before, ROWS + 1);
    List<AuditEntry> rows = found.subList(0, Math.min(ROWS, found.size()));
    String more = found.size() > ROWS ? String.valueOf(rows.getLast().id()) : "";
    Shell shell =
        site.shell(request, "Audit log", "audit", List.of(new Shell.Crumb("Audit log", "")));
    return site.page("audit", shell, Map.of("rows", rows, "more", more));
  }
}
