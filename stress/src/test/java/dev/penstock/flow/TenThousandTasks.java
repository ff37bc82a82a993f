package dev.penstock.flow;

import static dev.penstock.flow.Flows.task;

import dev.penstock.flow.engine.EngineSettings;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.engine.FlowFailed;
import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;

/// A process that runs one flow of ten thousand tasks, whose inputs together are far more than its
/// memory; says the id of the run.
final class TenThousandTasks {
  static final int TASKS = 10_000;
  private static final int LENGTH = 30_000;

  @Flow
  void lengths() {
    List<Integer> lengths = task("length").map(new Texts(), 4, String::length);
    if (lengths.size() != TASKS || lengths.stream().anyMatch(length -> length != LENGTH)) {
      throw new IllegalStateException("not the lengths of the texts");
    }
  }

  /// Each is made when it is asked for.
  private static final class Texts extends AbstractList<String> {
    @Override
    public String get(int index) {
      return String.valueOf((char) ('a' + index % 26)).repeat(LENGTH);
    }

    @Override
    public int size() {
      return TASKS;
    }
  }

  /// @param args the directory of its store
  public static void main(String[] args) throws InterruptedException {
    Path directory = Path.of(args[0]);
    try (Store store = Store.open(StoreUrl.file(directory.resolve("store.db")));
        RunEngine engine = new RunEngine(store, EngineSettings.of("tasks", _ -> {}))) {
      LocalRuntime.use(new LocalRuntime.Surroundings(store, engine, directory));
      MethodProgram program =
          new MethodProgram(
              FlowMethods.of(TenThousandTasks.class).getFirst(), new TenThousandTasks());
      FlowEnd end = engine.runHere(program, FlowRun.Call.of("{}", List.of()), null);
      FlowFailed.unless(end);
      System.out.println(end.run());
    }
  }
}
