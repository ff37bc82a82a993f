package dev.penstock.pipeline.run;

/// User code that did not return within 10 s of being interrupted; its thread could not be stopped
/// and is still there. The cause has the stack of that thread.
public final class StuckStep extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Thread thread;

  public StuckStep(String step, Thread thread) {
    super(
        step
            + " did not stop within 10 s of being interrupted: thread \""
            + thread.getName()
            + "\" is still there; make the function react to interruption",
        stackOf(thread));
    this.thread = thread;
  }

  /// The thread that could not be stopped.
  public Thread thread() {
    return thread;
  }

  private static Throwable stackOf(Thread thread) {
    Throwable stack = new Throwable("where it is stuck");
    stack.setStackTrace(thread.getStackTrace());
    return stack;
  }
}
