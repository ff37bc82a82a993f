package dev.penstock.server.pages;

import dev.penstock.flow.store.RunLogs;
import dev.penstock.server.view.Words;
import dev.penstock.server.web.Identity;
import dev.penstock.server.web.Viewer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one viewer of a run is told while they look: parts of the page whenever they have changed,
/// and lines of the log, each once and in order. The number of the last line is the id of the
/// event, so that a viewer whose connection broke goes on after it.
final class RunStream {
  private static final long LOOK_MILLIS = 250;

  /// Something is sent at least this often, so that a viewer who is gone is noticed.
  private static final int QUIET_LOOKS = 40;

  /// What a run logs last is stored after its end; then there is nothing more to tell.
  private static final int LOOKS_AFTERWARDS = 20;

  private final Site site;
  private final RunReading reading;
  private final LiveRun run;
  private final Wish wish;
  private final Viewer viewer;
  private final Map<String, String> sent = new LinkedHashMap<>();
  private @Nullable RunFacts told;

  /// What a viewer wants to be told.
  record Wish(RunChoice choice, LogView.Choice lines) {}

  RunStream(Site site, RunReading reading, LiveRun run, Wish wish, Viewer viewer) {
    this.site = site;
    this.reading = reading;
    this.run = run;
    this.wish = wish;
    this.viewer = viewer;
  }

  /// Tells until the run is over, or the viewer is gone.
  ///
  /// @param after the line that the viewer has seen last
  void write(OutputStream out, long after) throws IOException, InterruptedException {
    long seen = after;
    int quiet = 0;
    int over = 0;
    out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
    while (over < LOOKS_AFTERWARDS) {
      Optional<RunFacts> found = run.facts();
      if (found.isEmpty()) {
        break;
      }
      boolean said = parts(out, found.get());
      LiveRun.Lines next = run.lines(wish.lines().wanted(), seen);
      List<RunLogs.Line> lines = next.lines();
      seen = next.seen();
      if (!lines.isEmpty()) {
        EventStream.send(out, "log", String.valueOf(lines.getLast().id()), lines(lines));
        said = true;
      }
      quiet = said ? 0 : quiet + 1;
      if (quiet >= QUIET_LOOKS) {
        EventStream.beat(out);
        quiet = 0;
      }
      out.flush();
      boolean end = found.get().run().state().type().isFinal() && lines.isEmpty();
      over = end ? over + 1 : 0;
      Thread.sleep(LOOK_MILLIS);
    }
    EventStream.send(out, "over", "", "");
    out.flush();
  }

  /// The same for viewers who see the same: forms are of whoever has logged in.
  private record Key(RunChoice choice, ZoneId zone, Identity who) {}

  private boolean parts(OutputStream out, RunFacts facts) throws IOException {
    if (facts == told) {
      return false;
    }
    told = facts;
    boolean said = false;
    Key key = new Key(wish.choice(), viewer.zone(), viewer.who());
    for (Map.Entry<String, String> part :
        run.rendered(facts, key, () -> render(facts)).entrySet()) {
      if (!part.getValue().equals(sent.put(part.getKey(), part.getValue()))) {
        EventStream.send(out, part.getKey().equals("tab") ? "tab" : "part", "", part.getValue());
        said = true;
      }
    }
    return said;
  }

  private Map<String, String> render(RunFacts facts) {
    Words words = new Words(viewer.zone(), facts.at());
    RunView view = reading.view(facts, wish.choice(), words, viewer.who());
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : List.of("head", "note", "tasks", "pipeline")) {
      parts.put(part, site.templates().fill("run/" + part, viewer.who(), Map.of("view", view)));
    }
    String icon = site.assets().url("icon-" + view.look().group() + ".svg");
    parts.put("tab", icon + " " + facts.run().name() + ", " + view.look().word() + " · Penstock");
    return parts;
  }

  private String lines(List<RunLogs.Line> lines) {
    return site.templates()
        .fill(
            "run/lines",
            viewer.who(),
            Map.of(
                "lines",
                lines,
                "names",
                run.names(lines),
                "words",
                site.words(viewer),
                "fresh",
                true));
  }
}
