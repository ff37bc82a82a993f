package dev.penstock.cli;

import dev.penstock.cli.runs.FlowLs;
import picocli.CommandLine.Command;

/// `penstock flow`: flows of this machine.
@Command(
    name = "flow",
    aliases = "flows",
    description = "Shows and serves flows.",
    subcommands = {FlowLs.class, ServeCommand.class})
final class FlowCommand {}
