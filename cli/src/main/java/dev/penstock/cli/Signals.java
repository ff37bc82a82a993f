package dev.penstock.cli;

import dev.penstock.cli.report.Journal;
import dev.penstock.flow.LocalRuntime;
import dev.penstock.flow.state.StateName;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Turns Ctrl-C and `kill` into the cancelling of what runs: it closes its files and connections,
/// the program ends as cancelled. A second signal ends the process at once.
final class Signals {
  /// More than the 10 s that a pipeline gives user code to heed an interruption.
  private static final long GRACE_MILLIS = 12_000;

  private static final int NONE = 0;

  private final Journal journal;
  private final Thread program;
  private final Runnable lastWords;
  private final AtomicInteger received = new AtomicInteger(NONE);

  /// @param program the thread that the program's main method runs on
  /// @param lastWords what to do before the process is halted
  Signals(Journal journal, Thread program, Runnable lastWords) {
    this.journal = journal;
    this.program = program;
    this.lastWords = lastWords;
  }

  /// Ctrl-C reaches every process of a terminal; the worker alone decides what becomes of its runs.
  static void leaveInterruptsToTheWorker() {
    try {
      Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
    } catch (IllegalArgumentException e) {
      // the JVM was told to leave signals alone
    }
  }

  void listen() {
    for (String name : new String[] {"INT", "TERM"}) {
      try {
        Signal.handle(new Signal(name), this::receive);
      } catch (IllegalArgumentException e) {
        // the JVM was told to leave signals alone
      }
    }
  }

  /// The number of the signal that came, if one did.
  OptionalInt received() {
    int number = received.get();
    return number == NONE ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private void receive(Signal signal) {
    if (!received.compareAndSet(NONE, signal.getNumber())) {
      Runtime.getRuntime().halt(ExitCode.signal(signal.getNumber()));
    }
    System.err.println("stopping; once more to stop at once");
    Thread.ofPlatform().daemon().name("penstock-grace").start(this::haltAfterGrace);
    if (signal.getName().equals("INT")) {
      LocalRuntime.abort(StateName.CANCELLED, "stopped by Ctrl-C");
    } else {
      LocalRuntime.abort(StateName.CRASHED, "its process was told to end");
    }
    journal.cancel();
    program.interrupt();
  }

  private void haltAfterGrace() {
    try {
      Thread.sleep(GRACE_MILLIS);
    } catch (InterruptedException e) {
      return;
    }
    System.err.println(
        "the program did not stop within " + GRACE_MILLIS / 1000 + " s; stopping it as it is");
    lastWords.run();
    Runtime.getRuntime().halt(ExitCode.signal(received.get()));
  }
}
