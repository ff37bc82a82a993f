package dev.penstock.flow.simulation;

import dev.penstock.flow.engine.Calls;
import dev.penstock.flow.engine.FlowProgram;
import dev.penstock.flow.engine.FlowSettings;
import dev.penstock.flow.engine.Submitted;
import dev.penstock.flow.engine.TaskRunning;
import dev.penstock.flow.engine.TaskSettings;
import dev.penstock.flow.engine.TaskWork;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.pipeline.plan.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A flow that does what its plan says, and says so to the ledger. It returns what its tasks have
/// returned, and they return something else each time they are run: so it shows whether a replay
/// was given what had been kept.
///
/// @param plans the plan of a number, which is the parameter of the flow
/// @param timeout for each try; null for none
record SimulatedFlow(
    SimulatedProcess process, String flow, IntFunction<Plan> plans, @Nullable Duration timeout)
    implements FlowProgram {
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration HANGING = Duration.ofHours(1);
  private static final Retry RETRY = Retry.times(2).every(Duration.ofSeconds(2));

  @Override
  public String version() {
    return Scenario.VERSION;
  }

  @Override
  public FlowSettings settings() {
    return new FlowSettings(Retry.times(1).every(Duration.ofSeconds(3)), timeout, false, List.of());
  }

  /// The parameters for a plan of this number.
  static String parameters(int plan) {
    return "{\"plan\":" + plan + "}";
  }

  static int plan(String parameters) {
    return Integer.parseInt(parameters.replaceAll("\\D", ""));
  }

  @Override
  public String call(String parameters) throws Exception {
    StringBuilder results = new StringBuilder();
    for (Plan.Step step : plans.apply(plan(parameters)).steps()) {
      String result = take(step);
      results.append(result == null ? "" : result);
    }
    return results.toString();
  }

  private @Nullable String take(Plan.Step step) throws InterruptedException {
    return switch (step) {
      case Plan.Step.Work work -> Calls.task(settings(work), body(work));
      case Plan.Step.Beside(List<Plan.Step.Work> works, boolean mapped) ->
          String.join("", mapped ? map(works) : submit(works));
      case Plan.Step.Hang(int times) ->
          Calls.task(
              TaskSettings.named("hang").retry(RETRY).timeout(PATIENCE),
              new Body(running -> hang(running, times)));
      case Plan.Step.Freeze _ -> {
        process.clock().sleep(HANGING.toNanos());
        yield null;
      }
      case Plan.Step.Fail _ ->
          Calls.task(
              TaskSettings.named("fail"),
              new Body(running -> work(running, Duration.ZERO, List.of(), Integer.MAX_VALUE)));
      case Plan.Step.Stumble _ -> {
        if (ledger().first(new Ledger.Call(Calls.flowRun().id(), 0, "stumble"))) {
          throw new IllegalStateException("the body stumbles");
        }
        yield null;
      }
      case Plan.Step.Wait(Duration until) ->
          Calls.waitFor(
              new Calls.Waiting("its time", Duration.ofSeconds(2), Duration.ofHours(1)),
              new Body(running -> ledger().hasCome(id(running.name()), until) ? "w" : null));
      case Plan.Step.Call(Plan inside) ->
          Calls.subflow(
              new SimulatedFlow(process, "part", _ -> inside, inside.freezes() ? PATIENCE : null),
              parameters(0),
              new Body(_ -> null));
    };
  }

  private static TaskSettings settings(Plan.Step.Work work) {
    return TaskSettings.named("work").tags(work.tags()).retry(RETRY);
  }

  private TaskWork<@Nullable String> body(Plan.Step.Work work) {
    return new Body(
        running -> work(running, Duration.ofSeconds(work.seconds()), work.tags(), work.failures()));
  }

  private List<@Nullable String> map(List<Plan.Step.Work> works) {
    return Calls.here()
        .map(settings(works.getFirst()), works.stream().map(this::body).iterator(), 2);
  }

  private List<@Nullable String> submit(List<Plan.Step.Work> works) {
    List<Submitted<@Nullable String>> submitted = new ArrayList<>();
    for (Plan.Step.Work work : works) {
      submitted.add(Calls.here().submit(settings(work), List.of(), body(work)));
    }
    List<@Nullable String> results = new ArrayList<>();
    submitted.forEach(each -> results.add(each.result()));
    return results;
  }

  private String hang(TaskRunning running, int times) throws InterruptedException {
    Ledger.Body body = ledger().begin(id(running.name()), process, List.of());
    try {
      if (body.number() <= times) {
        process.clock().sleep(HANGING.toNanos());
      }
    } finally {
      ledger().end(body);
    }
    return running.name() + "#" + body.number() + ";";
  }

  private String work(TaskRunning running, Duration time, List<String> tags, int failures)
      throws InterruptedException {
    Ledger.Call call = id(running.name());
    Ledger.Body body = ledger().begin(call, process, tags);
    try {
      if (body.number() <= failures) {
        throw new IllegalStateException("failure " + body.number() + " of " + running.name());
      }
      process.clock().sleep(time.toNanos());
    } finally {
      ledger().end(body);
    }
    return running.name() + "#" + body.number() + ";";
  }

  private static Ledger.Call id(String name) {
    FlowRun run = Calls.flowRun();
    return new Ledger.Call(run.id(), run.generation(), name);
  }

  private Ledger ledger() {
    return process.world().ledger();
  }

  /// Work whose results are texts, kept as they are.
  private record Body(Work work) implements TaskWork<@Nullable String> {
    @Override
    public @Nullable String run(TaskRunning running) throws Exception {
      return work.run(running);
    }

    @Override
    public @Nullable String write(@Nullable String result) {
      return result;
    }

    @Override
    public @Nullable String read(@Nullable String kept) {
      return kept;
    }
  }

  @FunctionalInterface
  private interface Work {
    @Nullable String run(TaskRunning running) throws Exception;
  }
}
