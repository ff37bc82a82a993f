package dev.penstock.flow.worker;

import dev.penstock.flow.engine.FlowProgram;
import dev.penstock.flow.store.DeployedCode;

/// Makes deployed code something that this process can run.
public interface Programs {
  /// The flow of this name.
  ///
  /// @throws CodeUnavailable when the code is not to be had here
  /// @throws RuntimeException when there is no such flow in it, or it does not compile
  FlowProgram load(DeployedCode code, String flow) throws CodeUnavailable;
}
