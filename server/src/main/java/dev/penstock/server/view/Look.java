package dev.penstock.server.view;

import dev.penstock.flow.state.StateName;

/// How a state is shown: its colour says the type, its shape and its word say the name.
///
/// @param group the colour: `ok`, `run`, `bad`, `gone`, `wait`, `idle`
/// @param shape the symbol
/// @param word for people
public record Look(String group, String shape, String word) {
  public static Look of(StateName state) {
    return switch (state) {
      case SCHEDULED -> new Look("idle", "scheduled", "Scheduled");
      case LATE -> new Look("wait", "late", "Late");
      case AWAITING_RETRY -> new Look("wait", "retrying", "Awaiting retry");
      case AWAITING_CONCURRENCY_SLOT -> new Look("wait", "slot", "Waits for slot");
      case PENDING -> new Look("idle", "pending", "Pending");
      case SUBMITTING -> new Look("idle", "submitting", "Submitting");
      case RUNNING -> new Look("run", "running", "Running");
      case RETRYING -> new Look("run", "retrying", "Retrying");
      case PAUSED -> new Look("wait", "paused", "Paused");
      case SUSPENDED -> new Look("wait", "suspended", "Suspended");
      case RESUMING -> new Look("wait", "resuming", "Resuming");
      case CANCELLING -> new Look("idle", "cancelling", "Cancelling");
      case CANCELLED -> new Look("idle", "cancelled", "Cancelled");
      case COMPLETED -> new Look("ok", "completed", "Completed");
      case CACHED -> new Look("ok", "cached", "Cached");
      case ROLLED_BACK -> new Look("ok", "rolledback", "Rolled back");
      case FAILED -> new Look("bad", "failed", "Failed");
      case TIMED_OUT -> new Look("bad", "timedout", "Timed out");
      case CRASHED -> new Look("gone", "crashed", "Crashed");
    };
  }
}
