package dev.penstock.flow.store;

import dev.penstock.pipeline.plan.SourcePosition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A record that a pipeline of a task gave up, as the store keeps it.
///
/// @param flowRun the id of the run it is of
public record StoredLetter(long id, String flowRun, Draft letter, Replay replay, Instant at) {

  /// Whether it was tried again.
  public enum Replay {
    /// It was not.
    KEPT,
    /// It is to be, by the next process that comes to its task.
    ASKED,
    REPLAYED
  }

  /// What is known of it when it is given up.
  ///
  /// @param taskRun the id of the task run whose pipeline it was
  /// @param step which gave it up
  /// @param number how many records the step was given before this one
  /// @param attempts how often the call was tried
  /// @param position which record of the source it was made of; null where that is not known
  public record Draft(
      String taskRun,
      String step,
      long number,
      int attempts,
      Cause cause,
      Content content,
      @Nullable SourcePosition position) {}

  /// Why it was given up.
  ///
  /// @param error the class of the exception
  public record Cause(String error, String message, String trace) {
    /// The class without its package.
    public String title() {
      return error.substring(Math.max(error.lastIndexOf('.'), error.lastIndexOf('$')) + 1);
    }
  }

  /// The record itself.
  ///
  /// @param text for people
  /// @param value JSON of which it is made again; null when it cannot be
  /// @param refusal why it cannot be; null when it can
  public record Content(String text, @Nullable String value, @Nullable String refusal) {}

  /// Whether it can be tried again, and was not.
  public boolean replayable() {
    return replay == Replay.KEPT && letter.content().value() != null;
  }
}
