package dev.penstock.server.pages;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.LimitUse;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.Store;
import dev.penstock.server.view.Look;
import dev.penstock.server.view.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Something that needs a person, as the dashboard tells of it.
///
/// @param look its colour and shape
/// @param what happened, behind its subject
/// @param url where it can be ended, with the word of the button
public record Cause(
    Look look, String subject, String what, String detail, String when, String url, String button) {
  private static final int LOOKED_AT = 500;
  private static final int MOST_FLOWS = 8;
  private static final int MOST_IN_A_ROW = 20;

  /// Who waits for a slot for less than this needs nobody.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final List<StateName> BAD =
      List.of(StateName.FAILED, StateName.TIMED_OUT, StateName.CRASHED);

  /// All there are: what failed first, then what waits.
  ///
  /// @param since flows failed
  static List<Cause> all(Store store, List<Dashboard.Pool> pools, Instant since, Words words) {
    List<Cause> causes = new ArrayList<>(failing(store, since, words));
    causes.addAll(late(store, pools, words));
    causes.addAll(waiting(store, words));
    return causes;
  }

  /// Flows whose newest runs failed: one that has completed since needs nobody.
  private static List<Cause> failing(Store store, Instant since, Words words) {
    List<FlowRun> last = store.search().unfollowed(BAD, since, LOOKED_AT);
    List<Cause> causes = new ArrayList<>();
    for (FlowRun run : last.subList(0, Math.min(MOST_FLOWS, last.size()))) {
      List<FlowRun> newest =
          store.flowRuns().list(RunFilter.ALL.like(run), Page.first(MOST_IN_A_ROW));
      long row = newest.stream().takeWhile(each -> BAD.contains(each.state().name())).count();
      causes.add(failing(run, Math.max(1, row), words));
    }
    return causes;
  }

  private static Cause failing(FlowRun run, long row, Words words) {
    boolean crashed = run.state().type() == StateType.CRASHED;
    String what = crashed ? "crashed" : "failed";
    Instant ended = run.times().ended() == null ? run.state().at() : run.times().ended();
    return new Cause(
        Look.of(crashed ? StateName.CRASHED : StateName.FAILED),
        run.origin().flow(),
        row == 1
            ? what
            : what + " " + row + (row == MOST_IN_A_ROW ? " times or more" : " times") + " in a row",
        run.state().message().lines().findFirst().orElse(""),
        "last at " + words.time(ended),
        "/runs/" + run.id(),
        "View last run");
  }

  private static List<Cause> late(Store store, List<Dashboard.Pool> pools, Words words) {
    Map<String, List<FlowRun>> byFlow = new LinkedHashMap<>();
    for (FlowRun run :
        store.flowRuns().list(RunFilter.ALL.in(List.of(StateName.LATE)), Page.first(LOOKED_AT))) {
      byFlow.computeIfAbsent(run.origin().flow(), _ -> new ArrayList<>()).add(run);
    }
    List<Cause> causes = new ArrayList<>();
    byFlow.forEach((flow, runs) -> {
      FlowRun oldest = runs.getLast();
      String pool = String.valueOf(oldest.origin().pool());
      boolean none =
          pools.stream().anyMatch(each -> each.pool().name().equals(pool) && each.workers() == 0);
      causes.add(
          new Cause(
              Look.of(StateName.LATE),
              flow,
              "has "
                  + Words.count(runs.size(), "late run")
                  + ", the oldest by "
                  + words.since(oldest.due()),
              none
                  ? "Work pool "
                      + pool
                      + " has no worker online: penstock worker start --pool "
                      + pool
                  : "The workers of pool " + pool + " are busy",
              "since " + words.time(oldest.due()),
              "/runs?state=Late&within=all",
              "View runs"));
    });
    return causes;
  }

  /// Limits for whose slots somebody has waited for long.
  private static List<Cause> waiting(Store store, Words words) {
    List<Cause> causes = new ArrayList<>();
    for (LimitUse use : store.limits().list()) {
      if (use.waiting() > 0) {
        store.limits().line(use.limit().key(), 1).stream()
            .filter(first -> first.since().isBefore(words.now().minus(PATIENCE)))
            .forEach(first -> causes.add(waiting(store, use, first, words)));
      }
    }
    return causes;
  }

  private static Cause waiting(Store store, LimitUse use, LimitUse.Waiter first, Words words) {
    String flow =
        store.flowRuns().find(first.flowRun()).map(run -> run.origin().flow()).orElse("A run");
    return new Cause(
        Look.of(StateName.AWAITING_CONCURRENCY_SLOT),
        flow,
        "waits " + words.since(first.since()) + " for a slot",
        "Limit of %s: %d of %s held, %s"
            .formatted(
                use.limit().title(),
                use.taken().size(),
                Words.count(use.limit().slots(), "slot"),
                Words.count(use.waiting(), "task run") + (use.waiting() == 1 ? " waits" : " wait")),
        "since " + words.time(first.since()),
        "/concurrency?limit=" + Urls.encode(use.limit().key().toString()),
        "View slots");
  }
}
