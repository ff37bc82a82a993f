package dev.penstock.server.pages;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.PipelineFigures;
import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.Role;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.server.view.Folding;
import dev.penstock.server.view.Graph;
import dev.penstock.server.view.Look;
import dev.penstock.server.view.PipelineView;
import dev.penstock.server.view.TaskLine;
import dev.penstock.server.view.Timeline;
import dev.penstock.server.view.Words;
import dev.penstock.server.web.Identity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what the page of a run shows.
final class RunReading {
  private static final int MOST_TASKS = 2000;
  private static final int MOST_STATES = 8000;

  /// Of finished subflows no more are read than can be shown.
  private static final int MOST_SUBFLOWS = 100;

  private static final int DEEPEST = 3;
  private static final int USUAL_OF = 20;

  private final Store store;
  private final InstantSource clock;

  RunReading(Site site) {
    this.store = site.store();
    this.clock = site.clock();
  }

  /// What the store knows of a run.
  RunFacts facts(FlowRun run) {
    List<TaskLine> lines = new ArrayList<>();
    int more = collect(run, 0, lines);
    return new RunFacts(run, deployment(run), usual(run), lines, more, clock.instant());
  }

  /// The same as a page shows it.
  RunView view(RunFacts facts, RunChoice choice, Words words, Identity who) {
    FlowRun run = facts.run();
    List<TaskLine> lines = facts.lines();
    TaskRun selected = select(lines, choice.task());
    return new RunView(
        run,
        Look.of(run.state().name()),
        state(run, words),
        facts.deployment(),
        facts.usual(),
        parameters(run),
        tasks(lines),
        RunNote.of(run, lines, words),
        choice,
        choice.graph() ? Timeline.NONE : timeline(facts, choice, words),
        choice.graph()
            ? Graph.of(lines, facts.more(), run.state().type().isFinal(), words.now())
            : null,
        pipeline(selected),
        selected,
        run.state().type() == StateType.PAUSED ? asking(lines) : null,
        who.may(Role.OPERATOR),
        words);
  }

  private static @Nullable TaskRun asking(List<TaskLine> lines) {
    return lines.stream()
        .map(TaskLine::task)
        .filter(each -> each.state().type() == StateType.PAUSED)
        .findFirst()
        .orElse(null);
  }

  private static Timeline timeline(RunFacts facts, RunChoice choice, Words words) {
    FlowRun.Times times = facts.run().times();
    Instant began = times.started() == null ? times.created() : times.started();
    for (TaskLine line : facts.lines()) { // of a run that was tried again the first one counts too
      Instant created = line.task().times().created();
      began = created.isBefore(began) ? created : began;
    }
    Folding folding = Folding.of(facts.lines(), choice.task(), choice.unfolded());
    return Timeline.of(
        folding.lines(),
        facts.more() + folding.left(),
        new Timeline.Span(began, times.ended(), words.now(), choice.zoom()));
  }

  /// Adds the tasks of a run, and those of its subflows below their calls.
  ///
  /// @return how many were left out
  private int collect(FlowRun run, int depth, List<TaskLine> lines) {
    List<TaskRun> tasks = store.taskRuns().of(run.id(), run.generation(), "", MOST_TASKS);
    Map<String, List<State>> histories =
        store.taskRuns().histories(run.id(), run.generation(), MOST_STATES);
    int left = tasks.size() < MOST_TASKS ? 0 : count(run) - tasks.size();
    List<TaskRun> ordered =
        tasks.stream().sorted(Comparator.comparing(task -> task.times().created())).toList();
    int finished = 0;
    for (TaskRun task : ordered) {
      if (lines.size() >= MOST_TASKS) {
        left++;
        continue;
      }
      List<State> history = histories.getOrDefault(task.id(), List.of(task.state()));
      lines.add(new TaskLine(task, history, depth));
      String child = task.key().child();
      boolean over = task.state().type().isFinal();
      if (child != null && depth < DEEPEST && !(over && finished++ >= MOST_SUBFLOWS)) {
        Optional<FlowRun> subflow = store.flowRuns().find(child);
        if (subflow.isPresent()) {
          left += collect(subflow.get(), depth + 1, lines);
        }
      }
    }
    return left;
  }

  private int count(FlowRun run) {
    return store.search().taskStates(run.id()).values().stream().mapToInt(each -> each).sum();
  }

  private static @Nullable TaskRun select(List<TaskLine> lines, String id) {
    List<TaskRun> pipelines =
        lines.stream().map(TaskLine::task).filter(task -> task.summary() != null).toList();
    return pipelines.stream()
        .filter(task -> task.id().equals(id))
        .findFirst()
        .or(() ->
            pipelines.stream().filter(task -> task.state().type() == StateType.RUNNING).findFirst())
        .or(() -> pipelines.stream().max(Comparator.comparing(RunReading::length)))
        .orElse(null);
  }

  private static Duration length(TaskRun task) {
    Instant from = task.times().started();
    Instant to = task.times().ended();
    return from == null || to == null ? Duration.ZERO : Duration.between(from, to);
  }

  private static @Nullable PipelineView pipeline(@Nullable TaskRun task) {
    if (task == null) {
      return null;
    }
    boolean live = task.state().type() == StateType.RUNNING;
    return PipelineFigures.read(task.summary())
        .map(figures -> PipelineView.of(task.key().task(), figures, live))
        .orElse(null);
  }

  private static String state(FlowRun run, Words words) {
    String word = Look.of(run.state().name()).word();
    Instant started = run.times().started();
    if (run.state().type().isFinal()) {
      Instant ended = run.times().ended();
      boolean known = started != null && ended != null;
      String in = run.state().type() == StateType.COMPLETED ? " in " : " after ";
      return known ? word + in + Words.duration(Duration.between(started, ended)) : word;
    }
    Instant since =
        run.state().type() == StateType.RUNNING && started != null ? started : run.state().at();
    return word + " for " + words.since(since);
  }

  private dev.penstock.flow.store.@Nullable Deployment deployment(FlowRun run) {
    String id = run.origin().deployment();
    return id == null ? null : store.deployments().find(id).orElse(null);
  }

  private String usual(FlowRun run) {
    RunFilter alike = RunFilter.ALL.like(run).in(List.of(StateName.COMPLETED));
    List<Duration> lengths =
        store.flowRuns().list(alike, Page.first(USUAL_OF)).stream()
            .filter(other -> !other.id().equals(run.id()))
            .map(FlowRun::times)
            .filter(times -> times.started() != null && times.ended() != null)
            .map(times -> Duration.between(times.started(), times.ended()))
            .sorted()
            .toList();
    return lengths.size() < 3 ? "" : Words.duration(lengths.get(lengths.size() / 2));
  }

  static List<RunView.Parameter> parameters(FlowRun run) {
    List<RunView.Parameter> parameters = new ArrayList<>();
    JsonTree.readObject(run.call().parameters())
        .forEach((name, value) ->
            parameters.add(
                new RunView.Parameter(
                    name, value instanceof String text ? text : JsonTree.write(value))));
    return parameters;
  }

  private static String tasks(List<TaskLine> lines) {
    List<String> parts = new ArrayList<>();
    add(parts, count(lines, StateType.COMPLETED), "completed");
    add(parts, count(lines, StateType.RUNNING), "running");
    add(parts, count(lines, StateType.FAILED) + count(lines, StateType.CRASHED), "failed");
    add(parts, count(lines, StateType.CANCELLED), "cancelled");
    long all = lines.stream().filter(line -> line.depth() == 0).count();
    long known =
        count(lines, StateType.COMPLETED)
            + count(lines, StateType.RUNNING)
            + count(lines, StateType.FAILED)
            + count(lines, StateType.CRASHED)
            + count(lines, StateType.CANCELLED);
    add(parts, all - known, "waiting");
    return parts.isEmpty() ? "none yet" : String.join(", ", parts);
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(Words.count(count) + " " + what);
    }
  }

  private static long count(List<TaskLine> lines, StateType type) {
    return lines.stream()
        .filter(line -> line.depth() == 0 && line.task().state().type() == type)
        .count();
  }
}
