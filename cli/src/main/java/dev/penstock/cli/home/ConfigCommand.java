package dev.penstock.cli.home;

import picocli.CommandLine.Command;

/// `penstock config`.
@Command(
    name = "config",
    description = "Shows settings. They are environment variables.",
    subcommands = ConfigView.class)
public final class ConfigCommand {}
