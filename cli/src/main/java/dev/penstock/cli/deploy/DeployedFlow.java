package dev.penstock.cli.deploy;

import dev.penstock.flow.FlowMethod;
import dev.penstock.flow.GivenParameters;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.MethodProgram;
import dev.penstock.flow.engine.FlowProgram;
import dev.penstock.flow.engine.FlowSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A flow of deployed code, whose body sees the classes of that code.
///
/// @param loader of the code
public record DeployedFlow(FlowMethod method, ClassLoader loader) implements FlowProgram {
  private MethodProgram program() {
    return new MethodProgram(method);
  }

  @Override
  public String flow() {
    return method.name();
  }

  @Override
  public @Nullable String version() {
    return program().version();
  }

  @Override
  public FlowSettings settings() {
    return program().settings();
  }

  /// The parameters given over those of a deployment, with all that must be given.
  ///
  /// @param below a JSON object
  /// @throws dev.penstock.flow.ParametersRefused with everything that is wrong
  public Map<String, @Nullable Object> complete(String below, GivenParameters given) {
    Map<String, @Nullable Object> over = method.parameters().some(given);
    Map<String, @Nullable Object> all = JsonTree.readObject(below);
    all.putAll(over);
    method.parameters().bindJson(all);
    return over;
  }

  @Override
  public @Nullable String call(String parameters) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return program().call(parameters);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
