package dev.penstock.flow.automation;

import dev.penstock.flow.code.NotReplayable;
import dev.penstock.flow.code.ValueCodec;
import java.util.List;

/// An automation without its name, as it is stored. A trigger and an action say which they are by
/// `@type`.
record Definition(Trigger trigger, List<Action> actions) {
  private static final ValueCodec CODEC = ValueCodec.of(Definition.class);
  private static final ValueCodec ACTION = ValueCodec.of(Action.class);

  static Definition of(Automation automation) {
    return new Definition(automation.trigger(), automation.actions());
  }

  String write() {
    return CODEC.write(this);
  }

  /// @throws IllegalArgumentException when it is none
  static Definition read(String json) {
    try {
      if (CODEC.readWhole(json) instanceof Definition definition) {
        return definition;
      }
    } catch (NotReplayable e) {
      throw new IllegalArgumentException(
          "this is not a trigger with actions: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("null is not a trigger with actions");
  }

  static String write(Action action) {
    return ACTION.write(action);
  }

  static Action action(String json) {
    if (ACTION.read(json) instanceof Action action) {
      return action;
    }
    throw new IllegalStateException(json + " is no action");
  }
}
