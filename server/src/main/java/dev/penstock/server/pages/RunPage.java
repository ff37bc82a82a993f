package dev.penstock.server.pages;

import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.RunLogs;
import dev.penstock.flow.store.StoredArtifact;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.server.view.Words;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The page of a run, what it is told live, and what can be done there.
final class RunPage {
  private static final int LINES = 300;
  private static final int MOST_ARTIFACTS = 100;
  private static final List<String> TABS =
      List.of("logs", "letters", "states", "results", "artifacts");

  private final Site site;
  private final RunReading reading;
  private final LiveRuns live;
  private final RunLetters letters;
  private final RunSteering steering;

  RunPage(Site site) {
    this.site = site;
    this.reading = new RunReading(site);
    this.live = new LiveRuns(site, reading);
    this.letters = new RunLetters(site);
    this.steering = new RunSteering(site.store());
  }

  List<Route> routes() {
    return List.of(
        Route.get("/runs/{id}", this::show),
        Route.get("/runs/{id}/events", this::events),
        Route.get("/runs/{id}/log", this::download),
        Route.get("/runs/{id}/dead-letters", request -> letters.download(find(request))),
        Route.post(
            "/runs/{id}/replay",
            request -> act(request, run -> letters.replay(run, request.form()))),
        Route.post("/runs/{id}/cancel", request -> act(request, steering::cancel)),
        Route.post("/runs/{id}/pause", request -> act(request, steering::pause)),
        Route.post(
            "/runs/{id}/resume",
            request ->
                act(
                    request,
                    run -> steering.resume(run, request.form().first("input").orElse(null)))),
        Route.post("/runs/{id}/retry", request -> act(request, run -> steering.retry(run, false))),
        Route.post(
            "/runs/{id}/retry-from-start",
            request -> act(request, run -> steering.retry(run, true))),
        Route.post("/runs/{id}/delete", this::delete));
  }

  private FlowRun find(Request request) {
    String id = request.variable("id");
    return site.store()
        .flowRuns()
        .find(id)
        .orElseThrow(() ->
            Refused.notFound(
                "there is no run " + id + "; it may have been deleted: look among all runs"));
  }

  private Answer show(Request request) {
    FlowRun run = find(request);
    Fields query = request.query();
    Words words = site.words(request.viewer());
    RunFacts facts = reading.facts(run);
    RunView view = reading.view(facts, RunChoice.of(query), words, request.who());
    String tab = query.first("tab").filter(TABS::contains).orElse("logs");
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("view", view);
    values.put("tab", tab);
    values.put("logs", logs(run, query));
    values.put("letters", letters.read(run, query, tab.equals("letters")));
    values.put("results", ResultView.of(facts.lines()));
    values.put("states", site.store().flowRuns().history(run.id()).reversed());
    values.put("artifacts", artifacts(run));
    values.put("base", "/runs/" + run.id());
    values.put("events", eventsUrl(run, query));
    Shell shell =
        site.shell(
            request,
            run.name() + ", " + view.look().word().toLowerCase(java.util.Locale.ROOT),
            view.look().group(),
            "runs",
            List.of(new Shell.Crumb("Runs", "/runs"), new Shell.Crumb(run.name(), "")));
    return site.page("run", shell, values);
  }

  private List<ArtifactView> artifacts(FlowRun run) {
    List<StoredArtifact> stored = site.store().artifacts().of(run.id(), MOST_ARTIFACTS);
    return stored.stream().map(ArtifactView::of).toList();
  }

  static LogView.Choice choice(Fields query) {
    String level = query.first("level").orElse("INFO");
    if (!LogView.Choice.known(level)) {
      throw Refused.badField(
          "level", "\"" + level + "\" is no level: write DEBUG, INFO, WARNING or ERROR");
    }
    return new LogView.Choice(level, query.first("q").orElse(""), query.first("from").orElse(""));
  }

  private LogView logs(FlowRun run, Fields query) {
    LogView.Choice choice = choice(query);
    long before = query.first("before").map(text -> number("before", text)).orElse(Long.MAX_VALUE);
    RunLogs logs = site.store().logs();
    List<RunLogs.Line> lines = logs.before(run.id(), choice.wanted(), before, LINES);
    String older =
        lines.size() < LINES
            ? null
            : "/runs/" + run.id() + "?" + query(choice) + "&before=" + lines.getFirst().id();
    return new LogView(
        choice,
        lines,
        names(run),
        older,
        logs.count(run.id(), LogView.COUNTED),
        lines.isEmpty() ? 0 : lines.getLast().id());
  }

  private Map<String, String> names(FlowRun run) {
    Map<String, String> names = new LinkedHashMap<>();
    for (TaskRun task : site.store().taskRuns().of(run.id(), run.generation(), "", 1000)) {
      names.put(task.id(), task.key().name());
    }
    return names;
  }

  static long number(String field, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Refused.badField(
          field, "\"" + text + "\" is no number: write a whole number, such as 100");
    }
  }

  private static String query(LogView.Choice choice) {
    return "tab=logs&level="
        + choice.level()
        + "&q="
        + encode(choice.text())
        + "&from="
        + encode(choice.task());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String eventsUrl(FlowRun run, Fields query) {
    return "/runs/"
        + run.id()
        + "/events?"
        + query(choice(query))
        + "&"
        + RunChoice.of(query).address();
  }

  private Answer events(Request request) {
    FlowRun run = find(request);
    Fields query = request.query();
    long after =
        request
            .header()
            .apply("last-event-id")
            .or(() -> query.first("after"))
            .map(text -> number("Last-Event-ID", text))
            .orElse(0L);
    RunStream.Wish wish = new RunStream.Wish(RunChoice.of(query), choice(query));
    return Answer.events(out -> {
      try {
        new RunStream(site, reading, live.join(run.id()), wish, request.viewer()).write(out, after);
      } finally {
        live.leave(run.id());
      }
    });
  }

  private Answer download(Request request) {
    FlowRun run = find(request);
    RunLogs.Wanted wanted = choice(request.query()).wanted();
    return new Answer(
        200,
        Map.of(
            "Content-Type",
            "text/plain; charset=utf-8",
            "Content-Disposition",
            "attachment; filename=\"" + fileName(run) + ".log\""),
        new Answer.Body.Flowing(out -> {
          long last = 0;
          List<RunLogs.Line> lines;
          do {
            lines = site.store().logs().after(run.id(), wanted, last, 1000);
            for (RunLogs.Line line : lines) {
              last = line.id();
              String text = line.at() + " " + line.level() + " " + line.text() + "\n";
              out.write(text.getBytes(StandardCharsets.UTF_8));
            }
          } while (!lines.isEmpty());
        }));
  }

  static String fileName(FlowRun run) {
    return run.name().replaceAll("[^A-Za-z0-9-]", "_");
  }

  /// Something that is done to a run.
  private interface Act {
    void to(FlowRun run);
  }

  private Answer act(Request request, Act act) {
    FlowRun run = find(request);
    act.to(run);
    return Answer.seeOther("/runs/" + run.id());
  }

  private Answer delete(Request request) {
    FlowRun run = find(request);
    if (!site.store().flowRuns().delete(run.id())) {
      throw Refused.conflict("a process holds run " + run.name() + ": cancel it first");
    }
    return Answer.seeOther("/runs");
  }
}
