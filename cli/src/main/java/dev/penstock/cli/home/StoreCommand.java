package dev.penstock.cli.home;

import picocli.CommandLine.Command;

/// `penstock store`.
@Command(
    name = "store",
    description = "Takes care of the store, where runs are recorded.",
    subcommands = {StoreVersion.class, StoreUpgrade.class, StoreVacuum.class, StoreRetention.class})
public final class StoreCommand {}
