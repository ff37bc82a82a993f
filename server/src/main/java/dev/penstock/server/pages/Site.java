package dev.penstock.server.pages;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRuns;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.Store;
import dev.penstock.server.view.Words;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Viewer;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What all pages are made with.
record Site(Store store, InstantSource clock, Templates templates, Assets assets) {
  private static final RunFilter RUNNING =
      RunFilter.ALL.in(List.of(StateName.RUNNING, StateName.RETRYING));

  Words words(Viewer viewer) {
    return new Words(viewer.zone(), clock.instant());
  }

  /// How many runs go on.
  long running() {
    return store.flowRuns().states(RUNNING, Integer.MAX_VALUE).values().stream()
        .mapToLong(FlowRuns.Counted::runs)
        .sum();
  }

  Shell shell(Request request, String title, String section, List<Shell.Crumb> crumbs) {
    return shell(request, title, "idle", section, crumbs);
  }

  Shell shell(
      Request request, String title, String icon, String section, List<Shell.Crumb> crumbs) {
    long running = running();
    Viewer viewer = request.viewer();
    return new Shell(title, icon, section, crumbs, running, viewer, words(viewer), assets);
  }

  Answer page(String template, Shell shell, Map<String, ?> values) {
    return page(200, template, shell, values);
  }

  Answer page(int status, String template, Shell shell, Map<String, ?> values) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    all.put("shell", shell);
    return Answer.page(status, templates.fill(template, shell.viewer().who(), all));
  }

  /// Around a page that shows nothing of what there is, for those who have not logged in.
  Shell bare(Request request, String title) {
    Viewer viewer = request.viewer();
    return new Shell(title, "idle", "", List.of(), 0, viewer, words(viewer), assets);
  }
}
