package dev.penstock.server.pages;

import dev.penstock.flow.store.Deployment;
import java.util.Map;

/// Checks parameters for a run by the code of the flow itself, which whoever starts the server
/// knows how to get.
@FunctionalInterface
public interface ParameterCheck {
  /// The parameters as a JSON object, to be laid over those of the deployment.
  ///
  /// @param texts by name
  /// @throws dev.penstock.flow.ParametersRefused with everything that is wrong
  /// @throws CodeMissing when the code cannot be had now
  String json(Deployment deployment, Map<String, String> texts) throws CodeMissing;

  /// The code of a deployment cannot be had.
  final class CodeMissing extends Exception {
    private static final long serialVersionUID = 1L;

    public CodeMissing(String why, Throwable cause) {
      super(why, cause);
    }
  }
}
