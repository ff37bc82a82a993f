package dev.penstock.flow.worker;

/// This process cannot get the code of a version; another may.
public final class CodeUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  public CodeUnavailable(String message) {
    super(message);
  }
}
