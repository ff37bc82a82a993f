package dev.penstock.server.pages;

import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.RunLogs;
import dev.penstock.server.view.Words;
import dev.penstock.server.web.Viewer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one viewer of a run is told while they look: parts of the page whenever they have changed,
/// and lines of the log, each once and in order. The number of the last line is the id of the
/// event, so that a viewer whose connection broke goes on after it.
final class RunStream {
  private static final long LOOK_MILLIS = 500;
  private static final int LINES_AT_ONCE = 500;

  /// Something is sent at least this often, so that a viewer who is gone is noticed.
  private static final int QUIET_LOOKS = 20;

  /// What a run logs last is stored after its end; then there is nothing more to tell.
  private static final int LOOKS_AFTERWARDS = 10;

  private final Site site;
  private final RunReading reading;
  private final String run;
  private final String task;
  private final LogView.Choice choice;
  private final Viewer viewer;
  private final Map<String, String> sent = new LinkedHashMap<>();

  RunStream(
      Site site,
      RunReading reading,
      String run,
      String task,
      LogView.Choice choice,
      Viewer viewer) {
    this.site = site;
    this.reading = reading;
    this.run = run;
    this.task = task;
    this.choice = choice;
    this.viewer = viewer;
  }

  /// Tells until the run is over, or the viewer is gone.
  ///
  /// @param after the line that the viewer has seen last
  void write(OutputStream out, long after) throws IOException, InterruptedException {
    long last = after;
    int quiet = 0;
    int over = 0;
    out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
    while (over < LOOKS_AFTERWARDS) {
      Optional<FlowRun> found = site.store().flowRuns().find(run);
      if (found.isEmpty()) {
        break;
      }
      boolean said = parts(out, found.get());
      List<RunLogs.Line> lines =
          site.store().logs().after(run, choice.wanted(), last, LINES_AT_ONCE);
      if (!lines.isEmpty()) {
        last = lines.getLast().id();
        event(out, "log", String.valueOf(last), lines(lines));
        said = true;
      }
      quiet = said ? 0 : quiet + 1;
      if (quiet >= QUIET_LOOKS) {
        out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
        quiet = 0;
      }
      out.flush();
      over = found.get().state().type().isFinal() && lines.isEmpty() ? over + 1 : 0;
      Thread.sleep(LOOK_MILLIS);
    }
    event(out, "over", "", "");
    out.flush();
  }

  private boolean parts(OutputStream out, FlowRun now) throws IOException {
    Words words = site.words(viewer);
    RunView view = reading.read(now, task, words, viewer.who());
    boolean said = false;
    for (String part : List.of("head", "note", "tasks", "pipeline")) {
      String html = site.templates().fill("run/" + part, viewer.who(), Map.of("view", view));
      if (!html.equals(sent.put(part, html))) {
        event(out, "part", "", html);
        said = true;
      }
    }
    String icon = site.assets().url("icon-" + view.look().group() + ".svg");
    if (!icon.equals(sent.put("icon", icon))) {
      event(out, "tab", "", icon + " " + now.name() + ", " + view.look().word() + " · Penstock");
    }
    return said;
  }

  private String lines(List<RunLogs.Line> lines) {
    Map<String, String> names = new LinkedHashMap<>();
    for (RunLogs.Line line : lines) {
      String of = line.taskRun();
      if (of != null) {
        names.computeIfAbsent(
            of,
            id -> site.store().taskRuns().find(id).map(found -> found.key().name()).orElse("task"));
      }
    }
    return site.templates()
        .fill(
            "run/lines",
            viewer.who(),
            Map.of("lines", lines, "names", names, "words", site.words(viewer), "fresh", true));
  }

  private static void event(OutputStream out, String name, String id, String data)
      throws IOException {
    StringBuilder text = new StringBuilder();
    if (!id.isEmpty()) {
      text.append("id: ").append(id).append('\n');
    }
    text.append("event: ").append(name).append('\n');
    data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    if (data.isEmpty()) {
      text.append("data:\n");
    }
    out.write(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
  }
}
