package dev.penstock.pipeline.run;

/// A plan that cannot do what it was asked for, refused before anything ran; the message names the
/// step.
public final class PlanRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PlanRefused(String message) {
    super(message);
  }
}
