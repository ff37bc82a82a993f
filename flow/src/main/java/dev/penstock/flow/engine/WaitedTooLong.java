package dev.penstock.flow.engine;

/// What a run waited for has not come in the time it was given.
public final class WaitedTooLong extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WaitedTooLong(Calls.Waiting waiting) {
    super(
        "waited for '"
            + waiting.what()
            + "' for "
            + Texts.of(waiting.timeout())
            + ", and it has not come");
  }
}
