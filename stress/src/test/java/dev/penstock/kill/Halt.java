package dev.penstock.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Halts this process where it was told to: says so on standard output, and goes on when it is
/// given a line on standard input. Safe for use by several threads.
final class Halt {
  private static final Halt OF_PROCESS = new Halt(System.getProperty("halt"));

  private static volatile boolean speaks;

  private final @Nullable Point at;
  private final AtomicInteger left = new AtomicInteger();

  private Halt(@Nullable String point) {
    at = point == null ? null : Point.valueOf(point);
    if (at != null) {
      left.set(at.pass());
    }
  }

  /// What the system property `halt` names; in a process without it nothing halts.
  static Halt ofProcess() {
    return OF_PROCESS;
  }

  void pass(Point point) {
    if (point != at || left.decrementAndGet() != 0) {
      return;
    }
    say("halted " + point);
    try {
      if (System.in.read() < 0) {
        throw new IllegalStateException("nobody is there to let this process go on");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Begins to tell whoever started this process what it does.
  static void speak() {
    speaks = true;
  }

  /// Tells it, if somebody listens.
  static synchronized void say(String line) {
    if (speaks) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
