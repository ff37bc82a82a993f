package dev.penstock.flow.engine;

import dev.penstock.pipeline.plan.Fn;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Flows and tasks of texts, for tests of the engine.
final class Bodies {
  private Bodies() {}

  /// A flow of this body, which is given its parameters and gives its result, both JSON.
  static FlowProgram flow(String name, FlowSettings settings, Fn<String, @Nullable String> body) {
    return new FlowProgram() {
      @Override
      public String flow() {
        return name;
      }

      @Override
      public String version() {
        return "v1";
      }

      @Override
      public FlowSettings settings() {
        return settings;
      }

      @Override
      public @Nullable String call(String parameters) throws Exception {
        return body.apply(parameters);
      }
    };
  }

  static FlowProgram flow(String name, Fn<String, @Nullable String> body) {
    return flow(name, FlowSettings.DEFAULT, body);
  }

  /// Calls a task of this name.
  static @Nullable String task(String name, Callable<@Nullable String> body) {
    return Calls.task(TaskSettings.named(name), work(body));
  }

  static TaskWork<@Nullable String> work(Callable<@Nullable String> body) {
    return new TaskWork<>() {
      @Override
      public @Nullable String run(TaskRunning running) throws Exception {
        return body.call();
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
}
