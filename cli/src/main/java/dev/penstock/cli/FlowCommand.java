package dev.penstock.cli;

import picocli.CommandLine.Command;

/// `penstock flow`: flows of this machine.
@Command(
    name = "flow",
    aliases = "flows",
    description = "Serves flows.",
    subcommands = ServeCommand.class,
    mixinStandardHelpOptions = true)
final class FlowCommand {}
