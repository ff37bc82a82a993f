package dev.penstock.cli;

/// How the command ends. Scripts rely on these numbers.
final class ExitCode {
  /// Done.
  static final int COMPLETED = 0;

  /// The program does not compile, or failed.
  static final int FAILED = 1;

  /// The command line is wrong: an unknown option, no such file, a parameter that does not fit.
  static final int USAGE = 2;

  /// Ended by a signal: 128 and its number, 130 for Ctrl-C.
  static int signal(int number) {
    return 128 + number;
  }

  private ExitCode() {}
}
