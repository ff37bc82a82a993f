package dev.penstock.pipeline.connector;

/// Another process has claimed the pipeline: this one must stop, and has changed nothing since.
public final class Fenced extends Exception {
  private static final long serialVersionUID = 1L;

  public Fenced(String message) {
    super(message);
  }
}
