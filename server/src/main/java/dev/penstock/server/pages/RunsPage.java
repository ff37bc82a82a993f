package dev.penstock.server.pages;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FlowRuns;
import dev.penstock.flow.store.FoundRuns;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.server.view.Scatter;
import dev.penstock.server.view.Words;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The list of runs.
final class RunsPage {
  private static final int ROWS = 50;
  private static final int POINTS = 500;

  /// More runs of a state are `10,000+`.
  private static final int COUNTED = 10_000;

  private static final int MOST_AT_ONCE = 200;

  private final Site site;
  private final RunSteering steering;

  RunsPage(Site site) {
    this.site = site;
    this.steering = new RunSteering(site.store());
  }

  List<Route> routes() {
    return List.of(
        Route.get("/runs", this::show),
        Route.get(
            "/live/runs/events",
            request -> {
              RunsQuery query = RunsQuery.of(request.query(), request.viewer().zone());
              return Answer.events(
                  out -> new RunsStream(site, query, request.viewer()).write(out, ROWS));
            }),
        Route.post("/runs/cancel", request -> forEach(request, steering::cancel)),
        Route.post("/runs/retry", request -> forEach(request, run -> steering.retry(run, false))),
        Route.post("/runs/delete", request -> forEach(request, this::delete)));
  }

  private Answer show(Request request) {
    RunsQuery query = RunsQuery.of(request.query(), request.viewer().zone());
    Words words = site.words(request.viewer());
    String after = request.query().first("after").orElse(null);
    RunFilter filter = query.filter(words.now());
    FoundRuns newest = search(filter, Page.first(POINTS));
    FoundRuns found = after == null ? first(newest) : search(filter, new Page(after, ROWS));
    List<FlowRun> rows = found.runs();
    Map<StateName, FlowRuns.Counted> states = states(filter, newest);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("query", query);
    values.put("rows", rows);
    values.put("states", states);
    values.put("total", Words.count(sum(states.values()), "run"));
    values.put("scatter", scatter(newest, query.made(), words));
    values.put("newest", newest.next() == null ? "" : "the newest " + newest.runs().size());
    values.put("more", found.next() == null ? "" : found.next());
    values.put("back", found.back() == null ? "" : words.time(found.back()));
    values.put("first", after == null);
    values.put("deployments", names());
    values.put("flows", site.store().search().flowNames());
    Shell shell = site.shell(request, "Runs", "runs", List.of(new Shell.Crumb("Runs", "")));
    boolean empty = rows.isEmpty() && !query.any() && nothingEver();
    return empty ? site.page("empty-runs", shell, Map.of()) : site.page("runs", shell, values);
  }

  /// Over all of the time that is wanted, unless runs of it are left out.
  private static Scatter scatter(FoundRuns newest, Period made, Words words) {
    Instant since = made.between() && newest.next() == null ? made.since() : null;
    return Scatter.of(newest.runs(), since, made.until(), words);
  }

  /// How many runs there are of each state. Those found for the plot are counted where they are
  /// all, and where a text is looked for: the store would look through as many runs again.
  private Map<StateName, FlowRuns.Counted> states(RunFilter filter, FoundRuns newest) {
    boolean more = newest.next() != null;
    if (more && filter.text() == null) {
      return site.store().flowRuns().states(filter, COUNTED);
    }
    Map<StateName, FlowRuns.Counted> states = new EnumMap<>(StateName.class);
    for (FlowRun run : newest.runs()) {
      states.merge(
          run.state().name(),
          new FlowRuns.Counted(1, more),
          (some, one) -> new FlowRuns.Counted(some.runs() + one.runs(), more));
    }
    return states;
  }

  private static FlowRuns.Counted sum(Collection<FlowRuns.Counted> each) {
    return new FlowRuns.Counted(
        each.stream().mapToLong(FlowRuns.Counted::runs).sum(),
        each.stream().anyMatch(FlowRuns.Counted::more));
  }

  /// The first page of what was found for the plot.
  private static FoundRuns first(FoundRuns newest) {
    if (newest.runs().size() <= ROWS) {
      return newest;
    }
    List<FlowRun> rows = newest.runs().subList(0, ROWS);
    return new FoundRuns(rows, rows.getLast().id(), null);
  }

  private FoundRuns search(RunFilter filter, Page page) {
    FlowRuns runs = site.store().flowRuns();
    if (filter.text() != null) {
      return runs.search(filter, page, FoundRuns.LOOK);
    }
    List<FlowRun> found = runs.list(filter, new Page(page.after(), page.size() + 1));
    boolean more = found.size() > page.size();
    List<FlowRun> rows = more ? found.subList(0, page.size()) : found;
    return new FoundRuns(rows, more ? rows.getLast().id() : null, null);
  }

  private boolean nothingEver() {
    return site.store().flowRuns().list(RunFilter.ALL, Page.first(1)).isEmpty();
  }

  private Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    for (Deployment deployment : site.store().deployments().list()) {
      names.put(deployment.id(), deployment.fullName());
    }
    return names;
  }

  /// Something that is done to a run.
  private interface Act {
    void to(FlowRun run);
  }

  private Answer forEach(Request request, Act act) {
    Fields form = request.form();
    List<String> ids = form.all("run");
    if (ids.isEmpty() || ids.size() > MOST_AT_ONCE) {
      throw Refused.badField("run", "select from 1 to " + MOST_AT_ONCE + " runs first");
    }
    int done = 0;
    Refused last = null;
    for (String id : ids) {
      try {
        act.to(
            site.store()
                .flowRuns()
                .find(id)
                .orElseThrow(() -> Refused.notFound("there is no run " + id)));
        done++;
      } catch (Refused refusal) {
        last = refusal;
      }
    }
    if (last != null && done == 0) {
      throw last;
    }
    return Answer.seeOther("/runs" + back(form, request.viewer().zone()));
  }

  /// The list as it was: a query only, never another place.
  private static String back(Fields form, ZoneId zone) {
    String address = form.first("back").orElse("");
    return address.isEmpty() ? "" : "?" + RunsQuery.of(Fields.parse(address), zone).address();
  }

  private void delete(FlowRun run) {
    if (!site.store().flowRuns().delete(run.id())) {
      throw Refused.conflict("a process holds run " + run.name() + ": cancel it first");
    }
  }
}
