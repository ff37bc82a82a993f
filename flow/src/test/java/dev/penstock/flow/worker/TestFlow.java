package dev.penstock.flow.worker;

import dev.penstock.flow.engine.Calls;
import dev.penstock.flow.engine.FlowProgram;
import dev.penstock.flow.engine.FlowSettings;
import dev.penstock.flow.engine.TaskRunning;
import dev.penstock.flow.engine.TaskSettings;
import dev.penstock.flow.engine.TaskWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A flow of three tasks, which writes into a directory what it does: `done` has a line for each
/// task that was done. It waits in the second task until there is a file `go`.
record TestFlow(Path directory) implements FlowProgram {
  static final String NAME = "steps";

  @Override
  public String flow() {
    return NAME;
  }

  @Override
  public @Nullable String version() {
    return null;
  }

  @Override
  public FlowSettings settings() {
    return FlowSettings.DEFAULT;
  }

  @Override
  public @Nullable String call(String parameters) {
    task("first");
    Calls.task(TaskSettings.named("second"), work(this::await));
    task("third");
    return "\"all\"";
  }

  private void await() throws InterruptedException {
    note("waiting");
    while (!Files.exists(directory.resolve("go"))) {
      Thread.sleep(20);
    }
    note("second");
  }

  private void task(String name) {
    Calls.task(TaskSettings.named(name), work(() -> note(name)));
  }

  private static TaskWork<@Nullable String> work(Work body) {
    return new TaskWork<>() {
      @Override
      public @Nullable String run(TaskRunning running) throws InterruptedException {
        body.run();
        return null;
      }

      @Override
      public @Nullable String write(@Nullable String result) {
        return result;
      }

      @Override
      public @Nullable String read(@Nullable String kept) {
        return kept;
      }
    };
  }

  @FunctionalInterface
  private interface Work {
    void run() throws InterruptedException;
  }

  private void note(String line) {
    try {
      Files.writeString(
          directory.resolve("done"),
          line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
