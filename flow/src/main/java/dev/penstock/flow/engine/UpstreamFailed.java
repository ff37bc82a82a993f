package dev.penstock.flow.engine;

/// A task was not done, since one that it comes after has failed.
public final class UpstreamFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UpstreamFailed(String task, Throwable cause) {
    super("task '" + task + "', which this one comes after, has failed: " + cause, cause);
  }
}
