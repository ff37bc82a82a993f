package dev.penstock.server.pages;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FlowRuns;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.WorkPool;
import dev.penstock.flow.store.WorkerEntry;
import dev.penstock.server.view.Bars;
import dev.penstock.server.view.Trend;
import dev.penstock.server.view.Words;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The page that says whether all is well.
public final class Dashboard {
  private static final int MOST_CAUSES = 8;
  private static final int BARS = 48;
  private static final int MOST_NEXT = 6;
  private static final int MOST_DEPLOYMENTS = 200;
  private static final Map<String, String> SPANS =
      Map.of("1h", "last hour", "24h", "last 24 hours", "7d", "last 7 days");
  private static final Map<String, String> EARLIER =
      Map.of("1h", "hour", "24h", "day", "7d", "week");

  private static final int HUNDREDTH = 100;
  private static final Duration QUICK = Duration.ofMillis(20);

  private final Site site;

  /// What took long to count, by the width of its bars.
  private final Map<Duration, Counted> kept = new ConcurrentHashMap<>();

  Dashboard(Site site) {
    this.site = site;
  }

  /// A work pool.
  ///
  /// @param room how many runs its workers take at once
  public record Pool(WorkPool pool, int workers, int room, long busy, long waiting) {}

  Answer show(Request request) {
    String within = request.query().first("within").orElse("24h");
    Duration length =
        switch (within) {
          case "1h" -> Duration.ofHours(1);
          case "24h" -> Duration.ofDays(1);
          case "7d" -> Duration.ofDays(7);
          default ->
              throw Refused.badField(
                  "within", "\"" + within + "\" is no time: write 1h, 24h or 7d");
        };
    Words words = site.words(request.viewer());
    Instant since = words.now().minus(length);
    Duration width = length.dividedBy(BARS);
    Counted counted = counted(since.minus(length), width);
    List<FlowRuns.Ended> ended = later(counted.flowRuns());
    long running = site.running();
    List<Pool> pools = pools();
    List<Cause> causes = Cause.all(site.store(), pools, since, words);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("causes", causes.subList(0, Math.min(MOST_CAUSES, causes.size())));
    values.put("within", within);
    values.put("span", SPANS.get(within));
    values.put("done", sum(ended, StateType.COMPLETED));
    values.put("bad", sum(ended, StateType.FAILED) + sum(ended, StateType.CRASHED));
    values.put("all", ended.stream().mapToLong(FlowRuns.Ended::runs).sum());
    values.put("bars", Bars.of(ended, BARS, running, since, words));
    values.put("running", running);
    values.put("late", site.store().search().late().values().stream().mapToInt(n -> n).sum());
    values.put("trends", trends(counted));
    values.put("earlier", "the " + EARLIER.get(within) + " before");
    values.put("pools", pools);
    List<Planned> planned = planned();
    values.put("always", AlwaysOn.of(site.store(), alwaysOn(planned)));
    values.put("next", next(planned));
    Shell shell =
        site.shell(request, "Dashboard", "dashboard", List.of(new Shell.Crumb("Dashboard", "")));
    return site.page("dashboard", shell, values);
  }

  /// What ended in twice the time that is shown.
  private record Counted(
      Instant since, Duration width, List<FlowRuns.Ended> flowRuns, List<FlowRuns.Ended> taskRuns) {
    boolean serves(Instant from) {
      return Duration.between(since, from).compareTo(width.dividedBy(HUNDREDTH)) < 0;
    }
  }

  /// Counted anew, unless that takes long: what a hundredth of a bar may add to it is not seen, and
  /// to count a million of runs takes as long as the whole page may.
  private Counted counted(Instant since, Duration width) {
    Counted before = kept.get(width);
    if (before != null && before.serves(since)) {
      return before;
    }
    long begun = System.nanoTime();
    Counted counted =
        new Counted(
            since,
            width,
            site.store().flowRuns().ended(since, width),
            site.store().search().taskRunsEnded(since, width));
    if (System.nanoTime() - begun > QUICK.toNanos()) {
      kept.put(width, counted);
    }
    return counted;
  }

  /// Those of the second half of the time.
  private static List<FlowRuns.Ended> later(List<FlowRuns.Ended> both) {
    return both.stream()
        .filter(each -> each.interval() >= BARS)
        .map(each -> new FlowRuns.Ended(each.state(), each.interval() - BARS, each.runs()))
        .toList();
  }

  /// How many ended, and what became of tasks.
  public record Trends(Trend flowRuns, Trend taskRuns, Trend failed) {}

  private Trends trends(Counted counted) {
    List<FlowRuns.Ended> flowRuns = counted.flowRuns();
    List<FlowRuns.Ended> taskRuns = counted.taskRuns();
    Set<StateType> any = EnumSet.allOf(StateType.class);
    return new Trends(
        Trend.of(flowRuns, any, BARS),
        Trend.of(taskRuns, any, BARS),
        Trend.of(taskRuns, EnumSet.of(StateType.FAILED, StateType.CRASHED), BARS));
  }

  private static long sum(List<FlowRuns.Ended> ended, StateType type) {
    return ended.stream()
        .filter(each -> each.state() == type)
        .mapToLong(FlowRuns.Ended::runs)
        .sum();
  }

  /// A run to come.
  public record Next(Deployment deployment, Instant at) {}

  /// A deployment that goes on by itself, and what by.
  private record Planned(Deployment deployment, List<DeploymentSchedule> schedules) {}

  private List<Planned> planned() {
    return site.store().deployments().list().stream()
        .filter(each -> !each.paused())
        .limit(MOST_DEPLOYMENTS)
        .map(each ->
            new Planned(
                each,
                site.store().schedules().of(each.id()).stream()
                    .filter(schedule -> schedule.active() && !schedule.ended())
                    .toList()))
        .toList();
  }

  private static List<Deployment> alwaysOn(List<Planned> planned) {
    return planned.stream()
        .filter(each -> each.schedules().stream().anyMatch(AlwaysOn::isMeant))
        .map(Planned::deployment)
        .toList();
  }

  private static List<Next> next(List<Planned> planned) {
    return planned.stream()
        .flatMap(each ->
            DeploymentSchedules.ticks(each.schedules(), MOST_NEXT).stream()
                .map(tick -> new Next(each.deployment(), tick.at())))
        .sorted(Comparator.comparing(Next::at))
        .limit(MOST_NEXT)
        .toList();
  }

  private List<Pool> pools() {
    List<WorkerEntry> workers =
        site.store().workers().list().stream()
            .filter(each -> each.state() == WorkerEntry.State.ONLINE)
            .toList();
    List<FlowRun> active =
        site.store()
            .flowRuns()
            .list(
                RunFilter.ALL.in(
                    List.of(
                        StateName.PENDING,
                        StateName.SUBMITTING,
                        StateName.RUNNING,
                        StateName.RETRYING,
                        StateName.LATE,
                        StateName.AWAITING_CONCURRENCY_SLOT)),
                Page.first(1000));
    return site.store().workPools().list().stream()
        .map(pool -> {
          List<WorkerEntry> its =
              workers.stream().filter(each -> each.pool().equals(pool.name())).toList();
          List<FlowRun> runs =
              active.stream().filter(run -> pool.name().equals(run.origin().pool())).toList();
          long waiting =
              runs.stream().filter(run -> run.state().type() == StateType.SCHEDULED).count();
          return new Pool(
              pool,
              its.size(),
              its.stream().mapToInt(WorkerEntry::limit).sum(),
              runs.size() - waiting,
              waiting);
        })
        .toList();
  }
}
