package dev.penstock.flow.store;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One action of an automation that has fired: to be done, or done.
///
/// @param automation its name
/// @param test whether it was sent to try the automation out
/// @param flowRun the id of the run that it fired for; null for none
/// @param action what to do, as JSON
/// @param facts what templates are filled with
/// @param fired when the automation has fired
/// @param attempts how many were begun
/// @param due when the next one is
/// @param responseCode what the other side said last; null for nothing
/// @param error why the last attempt failed; null when it did not
public record Delivery(
    String id,
    String automation,
    boolean test,
    @Nullable String flowRun,
    String action,
    Map<String, String> facts,
    Instant fired,
    Progress progress,
    int attempts,
    Instant due,
    @Nullable Integer responseCode,
    @Nullable String error) {

  /// How far a delivery has come.
  public enum Progress {
    WAITING,
    DELIVERED,
    FAILED
  }
}
