package dev.penstock.flow.automation;

import java.util.List;

/// When something happens to runs, or fails to happen, something is done.
public record Automation(String name, Trigger trigger, List<Action> actions) {
  public Automation {
    if (actions.isEmpty()) {
      throw new IllegalArgumentException("automation \"" + name + "\" has no action");
    }
    actions = List.copyOf(actions);
  }
}
