package dev.penstock.cli.runs;

import picocli.CommandLine.Command;

/// `penstock task-run`.
@Command(
    name = "task-run",
    aliases = "task-runs",
    description = {
      "Shows the runs of tasks.",
      "A task run is named by its id, or the beginning of its id."
    },
    subcommands = {TaskRunLs.class, TaskRunInspect.class, TaskRunLogs.class})
public final class TaskRunCommand {}
