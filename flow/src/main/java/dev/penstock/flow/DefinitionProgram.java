package dev.penstock.flow;

import dev.penstock.flow.engine.FlowProgram;
import dev.penstock.flow.engine.FlowSettings;
import org.jspecify.annotations.Nullable;

/// A flow that is a value, wherever it is kept.
record DefinitionProgram(FlowDefinition<?> definition) implements FlowProgram {
  @Override
  public String flow() {
    return definition.name();
  }

  @Override
  public @Nullable String version() {
    return definition.version();
  }

  @Override
  public FlowSettings settings() {
    return definition.settings().forEngine();
  }

  @Override
  public @Nullable String call(String parameters) throws Exception {
    definition.run(definition.parameterSet().bindJson(JsonTree.readObject(parameters)));
    return null;
  }
}
