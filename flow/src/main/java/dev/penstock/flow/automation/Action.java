package dev.penstock.flow.automation;

import dev.penstock.data.Json;

/// What an automation does when it fires.
public sealed interface Action {

  /// Tells somebody, over a block that is a channel. The texts are templates: `{{flow-run.name}}`.
  ///
  /// @param type of the block: `slack-webhook`, `smtp`, `webhook`
  /// @param block its name
  record Notify(String type, String block, String subject, String text) implements Action {
    public Notify {
      Template.check(subject);
      Template.check(text);
    }
  }

  /// Runs a deployment, once for each time the automation fires.
  ///
  /// @param deployment its id
  /// @param parameters a JSON object, in place of those of the deployment
  record RunDeployment(String deployment, String parameters) implements Action {
    public RunDeployment {
      Json.members(parameters);
    }
  }

  /// Stops the schedules of a deployment.
  ///
  /// @param deployment its id
  record PauseDeployment(String deployment) implements Action {}

  /// Cancels the run that the automation fired for.
  record CancelRun() implements Action {}
}
