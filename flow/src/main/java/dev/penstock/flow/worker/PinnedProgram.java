package dev.penstock.flow.worker;

import dev.penstock.flow.engine.FlowProgram;
import dev.penstock.flow.engine.FlowSettings;
import org.jspecify.annotations.Nullable;

/// A flow under the version that it was deployed as, whatever the compiler of this machine makes of
/// its source.
record PinnedProgram(FlowProgram program, String version) implements FlowProgram {
  @Override
  public String flow() {
    return program.flow();
  }

  @Override
  public FlowSettings settings() {
    return program.settings();
  }

  @Override
  public @Nullable String call(String parameters) throws Exception {
    return program.call(parameters);
  }
}
