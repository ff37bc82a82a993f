package dev.penstock.cli;

import picocli.CommandLine.Option;

/// The options that every command has. They are put in behind the others: the library hands a
/// method its arguments by their order.
final class HelpOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print version information and exit.")
  private boolean version;
}
