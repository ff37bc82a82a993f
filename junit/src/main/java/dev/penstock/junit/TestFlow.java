package dev.penstock.junit;

import dev.penstock.flow.FlowMethod;
import dev.penstock.flow.GivenParameters;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.MethodProgram;
import dev.penstock.flow.engine.RunNames;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A flow of a program under test. A value, unchanged by its settings.
///
/// Parameters are texts, `month=2024-01`, as `--param` takes them: those that are not given have
/// their defaults, and what is wrong with them is told together before anything runs.
public final class TestFlow {
  private static final String POOL = "default";

  private final TestFlows flows;
  private final FlowMethod method;
  private final Object program;
  private final @Nullable Integer crashAfter;

  TestFlow(TestFlows flows, FlowMethod method, Object program) {
    this(flows, method, program, null);
  }

  private TestFlow(
      TestFlows flows, FlowMethod method, Object program, @Nullable Integer crashAfter) {
    this.flows = flows;
    this.method = method;
    this.program = program;
    this.crashAfter = crashAfter;
  }

  /// Its process crashes when so many of its tasks are over; 0 for when it has begun.
  public TestFlow crashAfter(int tasks) {
    return new TestFlow(flows, method, program, tasks);
  }

  /// Runs it, on this thread, until it is over, is paused for somebody to answer, or has crashed.
  /// Time leaps: a wait takes none.
  ///
  /// @throws dev.penstock.flow.ParametersRefused when the parameters will not do
  public TestRun run(String... parameters) {
    TestRun run = made(parameters);
    run.goOn();
    return run;
  }

  /// Runs it on a thread of its own, in a time that only [TestFlows#advance] lets pass. What is to
  /// be seen in the middle is waited for by [TestRun#await(StateName)].
  public TestRun start(String... parameters) {
    TestRun run = made(parameters);
    run.begin();
    return run;
  }

  /// Has it run by a schedule while [TestFlows#advance] lets time pass.
  public TestFlow schedule(Schedule schedule, String... parameters) {
    Deployment.Settings settings =
        new Deployment.Settings(
            "",
            some(parameters),
            null,
            List.of(),
            Deployment.Target.in(POOL),
            Deployment.Limit.NONE);
    flows
        .store()
        .deployments()
        .deploy(
            method.name(),
            "test-" + flows.schedule(this),
            new DeployedCode.Source("test", "test", ""),
            settings,
            List.of(new NewSchedule(schedule.text(), "{}", "ALL", null, Duration.ZERO)));
    return this;
  }

  /// Runs what its schedules have made since.
  List<TestRun> due() {
    List<TestRun> begun = new ArrayList<>();
    List<FlowRun> all = flows.store().flowRuns().list(RunFilter.ALL, Page.first(1000));
    for (FlowRun each : all.reversed()) {
      FlowRun.Origin origin = each.origin();
      if (origin.deployment() != null
          && origin.flow().equals(method.name())
          && !flows.knows(each.id())) {
        TestRun run = new TestRun(flows, new MethodProgram(method, program), each, crashAfter);
        run.goOn();
        begun.add(run);
      }
    }
    return begun;
  }

  private TestRun made(String... parameters) {
    GivenParameters given = GivenParameters.of(List.of(parameters));
    String json = JsonTree.write(method.parameters().toJson(method.parameters().bind(given)));
    MethodProgram code = new MethodProgram(method, program);
    FlowRun run =
        flows
            .store()
            .flowRuns()
            .create(
                new NewFlowRun(
                    Ids.next(flows.time()),
                    RunNames.next(new Random()),
                    FlowRun.Origin.here(method.name(), code.version(), null),
                    FlowRun.Call.of(json, List.of()),
                    null));
    return new TestRun(flows, code, run, crashAfter);
  }

  private String some(String... parameters) {
    return JsonTree.write(method.parameters().some(GivenParameters.of(List.of(parameters))));
  }
}
