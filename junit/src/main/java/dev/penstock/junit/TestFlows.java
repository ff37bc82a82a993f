package dev.penstock.junit;

import dev.penstock.flow.FlowMethod;
import dev.penstock.flow.FlowMethods;
import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.store.MemoryStore;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.vault.Vault;
import dev.penstock.flow.worker.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// Flows under test: they are recorded in a store in memory that nobody else has, and live in a
/// time that the test lets pass. Everything else is as it is: the engine, the statements of the
/// store, the threads. One test has one, as a parameter of its method.
public final class TestFlows implements AutoCloseable {
  private final TestTime time = new TestTime();
  private final MemoryStore memory = new MemoryStore(time);
  private final Store store = memory.process("the test", () -> {}).store();
  private final Path home = home();
  private final List<TestRun> runs = new CopyOnWriteArrayList<>();
  private final List<TestFlow> scheduled = new ArrayList<>();
  private final Scheduler scheduler = new Scheduler(store);
  private int processes = 1;
  private TestProcess process = next(processes);

  TestFlows() {}

  private static Path home() {
    try {
      return Files.createTempDirectory("penstock-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestProcess next(int number) {
    return new TestProcess(memory, number, time, home, this::committed);
  }

  private void committed() {
    runs.forEach(TestRun::committed);
  }

  /// The flow of a program that has one.
  ///
  /// @param program an object whose class has a method with `@Flow`, or a field that is a
  ///   `FlowDefinition`
  public TestFlow of(Object program) {
    List<FlowMethod> flows = FlowMethods.of(program.getClass());
    if (flows.size() != 1) {
      throw new IllegalArgumentException(
          program.getClass().getSimpleName()
              + " has "
              + (flows.isEmpty() ? "no flow" : flows.size() + " flows: say which")
              + names(flows));
    }
    return new TestFlow(this, flows.getFirst(), program);
  }

  /// One of several flows of a program, by its name or that of its method or field.
  public TestFlow of(Object program, String flow) {
    List<FlowMethod> flows = FlowMethods.of(program.getClass());
    return flows.stream()
        .filter(each -> each.name().equals(flow) || each.member().getName().equals(flow))
        .findFirst()
        .map(each -> new TestFlow(this, each, program))
        .orElseThrow(() ->
            new IllegalArgumentException(
                program.getClass().getSimpleName()
                    + " has no flow \""
                    + flow
                    + "\""
                    + names(flows)));
  }

  private static String names(List<FlowMethod> flows) {
    return flows.isEmpty()
        ? ""
        : "; there are: " + String.join(", ", flows.stream().map(FlowMethod::name).toList());
  }

  /// The time.
  public Instant now() {
    return time.instant();
  }

  /// Lets time pass, from tick to tick of the schedules: what is due runs to its end when it is.
  ///
  /// @return the runs that schedules have made, in the order of their ticks
  public List<TestRun> advance(Duration by) {
    Instant end = now().plus(by);
    List<TestRun> begun = new ArrayList<>();
    while (true) {
      if (scheduler.tick() > 0) {
        scheduled.forEach(flow -> begun.addAll(flow.due()));
      }
      Duration left = Duration.between(now(), end);
      if (!left.isPositive()) {
        return begun;
      }
      time.advance(scheduler.untilNext(left));
    }
  }

  /// Ends the process, as `kill -9` does: for a fake that is called in the middle of a flow. Its
  /// run writes nothing more; [TestRun#takeOver] lets another process go on with it.
  ///
  /// @throws Crash always
  public void crash() {
    process.kill();
    throw new Crash();
  }

  /// Variables, secrets and blocks, to be set before a flow asks for them.
  public Vault vault() {
    return LocalRuntime.vault();
  }

  /// The store, for what is not said here.
  public Store store() {
    return store;
  }

  TestTime time() {
    return time;
  }

  /// The process that lives.
  synchronized TestProcess process() {
    if (process.isDead()) {
      process.close();
      process = next(++processes);
    }
    return process;
  }

  /// The one that runs what runs, which may have crashed.
  synchronized TestProcess current() {
    return process;
  }

  void add(TestRun run) {
    runs.add(run);
  }

  /// @return how many were before it
  int schedule(TestFlow flow) {
    scheduled.add(flow);
    return scheduled.size() - 1;
  }

  boolean knows(String run) {
    return runs.stream().anyMatch(each -> each.id().equals(run));
  }

  /// Ends what still runs, and forgets everything.
  @Override
  public void close() {
    runs.forEach(TestRun::stop);
    LocalRuntime.use(null);
    current().close();
    memory.close();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
