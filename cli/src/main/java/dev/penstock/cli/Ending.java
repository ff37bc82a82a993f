package dev.penstock.cli;

import dev.penstock.cli.report.Journal;
import dev.penstock.cli.report.State;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Says once how a program ended: to people on standard error, to scripts as the last line of
/// standard output. Safe for use by several threads, since a program may end from several at once.
final class Ending {
  private final Journal journal;
  private final Showing showing;
  private final LineTracking out = new LineTracking(System.out);
  private final long begun = System.nanoTime();
  private boolean said;

  /// Begins to watch standard output, where a program may leave a line unfinished.
  Ending(Journal journal, Showing showing) {
    this.journal = journal;
    this.showing = showing;
    if (showing.json()) {
      System.setOut(new PrintStream(out, true, System.out.charset()));
    }
  }

  int completed() {
    say(State.COMPLETED, null);
    return ExitCode.COMPLETED;
  }

  synchronized int failed(Throwable failure) {
    if (!said) {
      System.err.println(showing.stackTrace() ? Failures.full(failure) : Failures.brief(failure));
    }
    say(State.FAILED, Failures.message(failure));
    return ExitCode.FAILED;
  }

  /// The program was not even started.
  synchronized int refused(String message) {
    System.err.println(message);
    if (showing.json()) {
      say(State.FAILED, message);
    }
    said = true;
    return ExitCode.FAILED;
  }

  void cancelled() {
    say(State.CANCELLED, null);
  }

  /// The program itself called `System.exit`.
  void exited() {
    say(journal.anyFailed() ? State.FAILED : State.COMPLETED, null);
  }

  private synchronized void say(State state, @Nullable String error) {
    if (said) {
      return;
    }
    said = true;
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
    System.out.flush();
    if (showing.json()) {
      if (out.lineBegun()) {
        System.out.println();
      }
      System.out.println(journal.json(state, elapsed, error));
    } else if (!showing.quiet()) {
      String summary = journal.text(state, elapsed);
      if (!summary.isEmpty()) {
        System.err.println(summary);
      }
    }
  }
}
