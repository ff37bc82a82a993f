package dev.penstock.flow.automation;

import dev.penstock.data.Json;
import java.util.Map;
import java.util.Optional;

/// The figures of a pipeline that runs, as far as automations look at them.
///
/// @param in records read
/// @param failed records that failed
record Figures(long in, long failed) {

  /// Of the figures that a task run has, a JSON object with `in` and `failed`; empty when they are
  /// something else.
  static Optional<Figures> of(String json) {
    try {
      Map<String, String> members = Json.members(json);
      return Optional.of(
          new Figures(
              Long.parseLong(members.getOrDefault("in", "")),
              Long.parseLong(members.getOrDefault("failed", ""))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  double errorRatio() {
    return in == 0 ? 0 : (double) failed / in;
  }
}
