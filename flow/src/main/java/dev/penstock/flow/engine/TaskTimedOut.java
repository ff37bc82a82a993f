package dev.penstock.flow.engine;

import java.time.Duration;

/// A task, or a flow, took longer than its timeout.
public final class TaskTimedOut extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TaskTimedOut(String what, Duration timeout) {
    super(what + " took longer than its timeout of " + Texts.of(timeout));
  }
}
