package dev.penstock.server.pages;

import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FoundRuns;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.server.web.Viewer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a viewer of the list of runs is told while they look: changes of the runs that are listed,
/// and how many there are besides.
final class RunsStream {
  private static final long LOOK_MILLIS = 1500;
  private static final int QUIET_LOOKS = 10;

  private final Site site;
  private final RunsQuery query;
  private final Viewer viewer;
  private final Map<String, String> sent = new HashMap<>();

  RunsStream(Site site, RunsQuery query, Viewer viewer) {
    this.site = site;
    this.query = query;
    this.viewer = viewer;
  }

  /// Tells until the viewer is gone.
  void write(OutputStream out, int rows) throws IOException, InterruptedException {
    List<FlowRun> listed = read(rows);
    listed.forEach(run -> sent.put(run.id(), render(run)));
    int quiet = 0;
    long fresh = 0;
    while (true) {
      boolean said = false;
      List<FlowRun> now = read(rows);
      for (FlowRun run : now) {
        String before = sent.get(run.id());
        if (before != null && !before.equals(render(run))) {
          sent.put(run.id(), render(run));
          EventStream.send(out, "row", "", render(run));
          said = true;
        }
      }
      long others = now.stream().filter(run -> !sent.containsKey(run.id())).count();
      if (others != fresh) {
        EventStream.send(out, "fresh", "", String.valueOf(others));
        fresh = others;
        said = true;
      }
      quiet = said ? 0 : quiet + 1;
      if (quiet % QUIET_LOOKS == 0) {
        EventStream.beat(out);
      }
      out.flush();
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private List<FlowRun> read(int rows) {
    RunFilter filter = query.filter(site.clock().instant());
    Page page = Page.first(rows);
    return filter.text() == null
        ? site.store().flowRuns().list(filter, page)
        : site.store().flowRuns().search(filter, page, FoundRuns.LOOK).runs();
  }

  private String render(FlowRun run) {
    return site.templates()
        .fill("part/runRow", viewer.who(), Map.of("run", run, "words", site.words(viewer)));
  }
}
