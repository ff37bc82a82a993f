package dev.penstock.flow.automation;

/// Makes runs of deployments.
@FunctionalInterface
public interface DeploymentRunner {

  /// @param deployment its id
  /// @param parameters a JSON object, in place of those of the deployment
  /// @param idempotencyKey what is asked for again with the same key is the same run
  /// @throws IllegalArgumentException when there is no such deployment
  void run(String deployment, String parameters, String idempotencyKey);
}
