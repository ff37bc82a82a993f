package dev.penstock.flow.engine;

import dev.penstock.flow.state.StateName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Takes the body of a flow off its thread. An `Error`, so that user code which catches exceptions
/// lets it pass.
abstract sealed class Unwind extends Error {
  private static final long serialVersionUID = 1L;

  private Unwind(String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
  }

  /// The run waits, and holds nothing while it does.
  static final class Waits extends Unwind {
    private static final long serialVersionUID = 1L;
    private final boolean paused;
    private final transient Instant until;

    /// @param paused whether it waits for somebody; else for something
    /// @param until when it is looked at again
    Waits(boolean paused, Instant until, String why) {
      super(why, null);
      this.paused = paused;
      this.until = until;
    }

    boolean paused() {
      return paused;
    }

    Instant until() {
      return until;
    }
  }

  /// Somebody has asked the run to stop.
  static final class Cancelled extends Unwind {
    private static final long serialVersionUID = 1L;

    Cancelled() {
      super("cancelled", null);
    }
  }

  /// This process is to end, and the run with it.
  static final class Aborted extends Unwind {
    private static final long serialVersionUID = 1L;
    private final StateName state;

    Aborted(StateName state, String why) {
      super(why, null);
      this.state = state;
    }

    /// What the run ends as.
    StateName state() {
      return state;
    }
  }

  /// The run is another process's now, or the store cannot be reached: nothing more is written.
  static final class Lost extends Unwind {
    private static final long serialVersionUID = 1L;

    Lost(Throwable why) {
      super(String.valueOf(why.getMessage()), why);
    }
  }
}
